// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import dev.npa.verifier.Refusal;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.cms.Oids;
import dev.npa.verifier.trust.BundleContents;
import dev.npa.verifier.trust.BundleDraft;
import dev.npa.verifier.trust.Trust;
import dev.npa.verifier.trust.TrustBundle;
import dev.npa.verifier.trust.TrustPolicy;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.cms.CMSProcessableByteArray;

/// The sample platform's trust bundle, and trust that has taken it.
public final class SampleBundle {

  private static final SigningKey KEY = key();

  private SampleBundle() {}

  private static SigningKey key() {
    try {
      return Samples.PKI.bundleKey();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Good, and names the platform's roots alone.
  public static BundleDraft draft() {
    return new BundleDraft(Samples.NOW.minus(Duration.ofMinutes(30)))
        .serial(118)
        .expires(Samples.NOW.plus(Duration.ofDays(7)))
        .roots(Samples.ANCHORS.roots());
  }

  /// Whose key signs.
  public static X509Certificate signer() {
    return KEY.chain().getFirst();
  }

  public static byte[] signed(BundleContents contents) {
    try {
      return BundleSigner.sign(contents, SigningRequest.of(Samples.NOW, KEY));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Anything at all, signed as a bundle.
  public static byte[] signing(byte[] contents) {
    try {
      return new CmsSigner(KEY, Optional.empty(), Samples.NOW)
          .sign(
              new CMSProcessableByteArray(new ASN1ObjectIdentifier(Oids.TRUST_BUNDLE), contents),
              true)
          .toASN1Structure()
          .getEncoded(ASN1Encoding.DER);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public static TrustBundle taken(BundleContents contents) {
    return switch (TrustBundle.check(
        signed(contents), Samples.ANCHORS, TrustPolicy.STANDARD, Samples.NOW)) {
      case Verdict.Accepted<TrustBundle>(TrustBundle bundle) -> bundle;
      case Verdict.Refused<TrustBundle>(List<Refusal> refusals) ->
          throw new IllegalArgumentException(refusals.toString());
    };
  }

  public static Trust trust(BundleDraft draft) {
    return Trust.of(Samples.ANCHORS).with(taken(draft.contents()));
  }
}
