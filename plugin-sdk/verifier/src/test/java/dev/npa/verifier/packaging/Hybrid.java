// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import dev.npa.verifier.SignatureAlgorithm;
import dev.npa.verifier.UnverifiedPackage;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.trust.Holder;
import dev.npa.verifier.trust.Trust;
import dev.npa.verifier.trust.TrustAnchors;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

/// The sample package signed with both algorithms by one vendor, who has a certificate in each of
/// two hierarchies.
public final class Hybrid {

  private static final Holder HOLDER =
      Holder.vendor("example", List.of(0x8086), List.of("example"));

  public static final ThrowawayPki EC = pki(SignatureAlgorithm.EC_P384);
  public static final ThrowawayPki PQ = pki(SignatureAlgorithm.ML_DSA_65);
  public static final Trust TRUST =
      Trust.of(TrustAnchors.of(EC.root(), PQ.root(), Samples.PKI.root()));

  private Hybrid() {}

  private static ThrowawayPki pki(SignatureAlgorithm algorithm) {
    try {
      return ThrowawayPki.create("Example NICs", HOLDER, algorithm, Samples.NOW);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static byte[] unsigned() {
    return Samples.builder(Samples.manifest())
        .addLicenceText("GPL-2.0-only")
        .promising(EnumSet.allOf(SignatureAlgorithm.class))
        .build();
  }

  public static byte[] signed() {
    try {
      return PackageSigner.sign(unsigned(), request());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public static SigningRequest request() {
    return SigningRequest.of(Samples.NOW, EC.vendorKey(), PQ.vendorKey());
  }

  /// The promise of both, and signatures by these keys only.
  public static byte[] sealedBy(SigningKey... keys) throws GeneralSecurityException, IOException {
    ForgedBlock block = new ForgedBlock(unsigned());
    for (SigningKey key : keys) {
      block.by(key, Samples.manifest().originBinding());
    }
    return block.seal();
  }

  /// One bit of the ML-DSA signature is another.
  public static byte[] withPostQuantumSignatureAltered() {
    byte[] signed = signed();
    byte[] value =
        switch (UnverifiedPackage.read(signed)) {
          case Verdict.Accepted<UnverifiedPackage>(UnverifiedPackage read) ->
              read.claims().stream()
                  .filter(claim -> claim.algorithm() == SignatureAlgorithm.ML_DSA_65)
                  .findFirst()
                  .orElseThrow()
                  .value();
          case Verdict.Refused<UnverifiedPackage> refused -> throw new IllegalStateException();
        };
    int at = Samples.blockAt(signed);
    while (!Arrays.equals(signed, at, at + value.length, value, 0, value.length)) {
      at++;
    }
    signed[at + 1_000] ^= 1;
    return signed;
  }

  /// A post-quantum key of another vendor below the same root.
  public static SigningKey otherPq() throws GeneralSecurityException {
    Holder other = Holder.vendor("other", List.of(0x8086), List.of("example"));
    return PQ.key("Other NICs", CertificateUse.origin(other));
  }
}
