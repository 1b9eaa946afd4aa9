// SPDX-License-Identifier: MIT
package dev.npa.verifier.archive;

import dev.npa.verifier.Location;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.SignatureAlgorithm;
import dev.npa.verifier.cms.CmsSignedData;
import dev.npa.verifier.cms.SignedAttributes;
import dev.npa.verifier.cms.SignerCheck;
import dev.npa.verifier.stage.RuleBroken;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The ordinary JAR signature beside the one that counts. It is there so that other tools see a
/// signed JAR; the gate believes nothing because of it, but lets no unexplained bytes be there: the
/// signature file is the one that follows from the manifest, the block is by the very certificate
/// that signed the package, and it verifies.
final class JarSignature {

  private static final String SIGN = "sign the package with this project's tool";

  private JarSignature() {}

  /// @param origin path of the P-384 signature on the package; without one there is no JAR
  ///   signature either, for Java's tools know no other of the algorithms
  static Optional<Refusal> check(
      Map<String, byte[]> entries, Optional<List<X509Certificate>> origin) {
    try {
      verify(entries, origin);
      return Optional.empty();
    } catch (RuleBroken e) {
      return Optional.of(e.refusal());
    }
  }

  private static void verify(Map<String, byte[]> entries, Optional<List<X509Certificate>> origin)
      throws RuleBroken {
    byte[] file = entries.get(PackageFormat.JAR_SIGNATURE_FILE);
    byte[] block = entries.get(PackageFormat.JAR_SIGNATURE_BLOCK);
    require(
        (file != null) == origin.isPresent(), PackageFormat.JAR_SIGNATURE_FILE, "present or not");
    require(
        (block != null) == origin.isPresent(), PackageFormat.JAR_SIGNATURE_BLOCK, "present or not");
    if (origin.isEmpty()) {
      return;
    }
    require(
        Arrays.equals(file, SignatureFile.of(entries.get(PackageFormat.MANIFEST))),
        PackageFormat.JAR_SIGNATURE_FILE,
        "is not the one that follows from the manifest");
    SignerCheck signer;
    try {
      CmsSignedData data = CmsSignedData.parse(block, CmsSignedData.Kind.DETACHED);
      require(data.signers().size() == 1, PackageFormat.JAR_SIGNATURE_BLOCK, "not one signer");
      List<X509Certificate> certificates = data.certificates();
      signer =
          SignerCheck.read(
              data.signers().getFirst(),
              CmsSignedData.Kind.DETACHED,
              SignedAttributes.Profile.PLAIN,
              SignerCheck.Content.of(file, file.length),
              certificates);
      require(
          signer.suite().algorithm() == SignatureAlgorithm.EC_P384
              && signer.path().certificates().equals(origin.get())
              && certificates.size() == origin.get().size(),
          PackageFormat.JAR_SIGNATURE_BLOCK,
          "is not by the certificates that signed the package");
      signer.requireNothingUnsigned();
      signer.requireSignature();
    } catch (RuleBroken e) {
      Refusal inner = e.refusal();
      throw inner.rule() == RuleId.P017_JAR_SIGNATURE
          ? e
          : broken(PackageFormat.JAR_SIGNATURE_BLOCK, inner.rule().id() + " " + inner.detail());
    }
  }

  private static void require(boolean condition, String entry, String otherwise) throws RuleBroken {
    if (!condition) {
      throw broken(entry, otherwise);
    }
  }

  private static RuleBroken broken(String entry, String detail) {
    return new RuleBroken(RuleId.P017_JAR_SIGNATURE, new Location.Entry(entry), detail, SIGN);
  }
}
