// SPDX-License-Identifier: MIT
package dev.npa.verifier.signature;

import dev.npa.verifier.Location;
import dev.npa.verifier.PluginBinding;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.cms.CertificatePath;
import dev.npa.verifier.cms.CmsProfile;
import dev.npa.verifier.cms.CmsSignedData;
import dev.npa.verifier.cms.Der;
import dev.npa.verifier.cms.DerScan;
import dev.npa.verifier.cms.Jca;
import dev.npa.verifier.cms.NpaBinding;
import dev.npa.verifier.cms.SignedAttributes;
import dev.npa.verifier.stage.RuleBroken;
import dev.npa.verifier.trust.TrustAnchors;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.x500.X500Name;

/// Whether one SignerInfo of the block holds: attributes, digest, certificates, signature, binding.
public final class SignerCheck {

  private static final Location SIGNER = new Location.Package("signature block, SignerInfo");
  private static final String AGAIN = "get the package again from the vendor";

  private final SignerInfo signer;
  private final CmsSignedData block;

  public SignerCheck(SignerInfo signer, CmsSignedData block) {
    this.signer = signer;
    this.block = block;
  }

  /// What the signer says, and who that is.
  public record Signer(X509Certificate certificate, PluginBinding binding, Instant signingTime) {}

  public Signer verify(byte[] contentDigest, TrustAnchors anchors, Instant time) throws RuleBroken {
    requireProfile();
    SignedAttributes attributes = SignedAttributes.parse(signer.getAuthenticatedAttributes());
    if (!attributes.covers(contentDigest)) {
      throw new RuleBroken(
          RuleId.S006_DIGEST_MISMATCH,
          SIGNER,
          "SHA-384 of the signed range is " + HexFormat.of().formatHex(contentDigest),
          AGAIN);
    }
    List<X509Certificate> certificates = block.certificates();
    CertificatePath path = CertificatePath.order(leaf(certificates), certificates);
    requireNamed(path, attributes);
    path.validate(anchors, time);
    requirePossible(attributes.signingTime(), path.leaf(), time);
    requireSignature(path.leaf(), attributes.signedBytes());
    return new Signer(
        path.leaf(), NpaBinding.parse(attributes.binding()), attributes.signingTime());
  }

  private void requireProfile() throws RuleBroken {
    if (!signer.getVersion().hasValue(1)) {
      throw CmsSignedData.profile("SignerInfo version is not 1");
    }
    if (signer.getUnauthenticatedAttributes() != null) {
      throw CmsSignedData.profile("SignerInfo has unsigned attributes");
    }
    if (signer.getAuthenticatedAttributes() == null) {
      throw new RuleBroken(
          RuleId.S008_SIGNED_ATTRIBUTES, SIGNER, "none", "sign with this project's profile");
    }
    if (!signer.getDigestAlgorithm().equals(CmsProfile.DIGEST)
        || !signer.getDigestEncryptionAlgorithm().equals(CmsProfile.SIGNATURE)) {
      throw new RuleBroken(
          RuleId.S005_WRONG_ALGORITHM,
          SIGNER,
          "not ECDSA with SHA-384",
          "sign with ECDSA P-384 and SHA-384");
    }
  }

  /// The certificate whose issuer and serial number the SignerInfo names, byte for byte: names that
  /// only compare as equal would leave bytes that nobody vouches for.
  private X509Certificate leaf(List<X509Certificate> certificates) throws RuleBroken {
    ASN1Encodable named = signer.getSID().getId();
    for (X509Certificate certificate : certificates) {
      var issuer = X500Name.getInstance(certificate.getIssuerX500Principal().getEncoded());
      var name = new IssuerAndSerialNumber(issuer, certificate.getSerialNumber());
      if (sameBytes(name, named)) {
        return certificate;
      }
    }
    throw new RuleBroken(
        RuleId.S009_SIGNER_CERTIFICATE, SIGNER, "its certificate is not in the block", AGAIN);
  }

  private static boolean sameBytes(ASN1Encodable a, ASN1Encodable b) throws RuleBroken {
    try {
      return Der.same(a, b);
    } catch (IOException e) {
      throw CmsSignedData.profile("unreadable name: " + e.getMessage());
    }
  }

  /// RFC 5035: the signature names its certificate and the intermediates by digest, so that none
  /// can be exchanged for another with the same key.
  private void requireNamed(CertificatePath path, SignedAttributes attributes) throws RuleBroken {
    List<X509Certificate> certificates = path.certificates();
    ESSCertIDv2[] ids = new ESSCertIDv2[certificates.size()];
    try {
      for (int i = 0; i < ids.length; i++) {
        byte[] digest = Jca.sha384().digest(certificates.get(i).getEncoded());
        ids[i] = new ESSCertIDv2(CmsProfile.DIGEST, digest);
      }
    } catch (CertificateEncodingException e) {
      throw CmsSignedData.profile("unreadable certificate: " + e.getMessage());
    }
    if (!sameBytes(new SigningCertificateV2(ids), attributes.signingCertificate())) {
      throw new RuleBroken(
          RuleId.S009_SIGNER_CERTIFICATE,
          SIGNER,
          "signingCertificateV2 names other certificates",
          AGAIN);
    }
  }

  private void requirePossible(Instant signed, X509Certificate leaf, Instant now)
      throws RuleBroken {
    if (signed.isAfter(now)
        || signed.isBefore(leaf.getNotBefore().toInstant())
        || signed.isAfter(leaf.getNotAfter().toInstant())) {
      throw new RuleBroken(
          RuleId.S016_SIGNING_TIME,
          SIGNER,
          signed + " is in the future or outside the certificate's validity",
          "check the clocks of signer and host");
    }
  }

  private void requireSignature(X509Certificate leaf, byte[] signedBytes) throws RuleBroken {
    byte[] value = signer.getEncryptedDigest().getOctets();
    try {
      requireTwoIntegers(value);
      Signature ecdsa = Jca.ecdsaSha384();
      ecdsa.initVerify(leaf.getPublicKey());
      ecdsa.update(signedBytes);
      if (ecdsa.verify(value)) {
        return;
      }
    } catch (GeneralSecurityException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
    throw invalid("ECDSA verification failed");
  }

  /// The JDK reads a negative r or s as positive; here a signature has one encoding.
  private static void requireTwoIntegers(byte[] value) throws RuleBroken {
    DerScan.check(value);
    try {
      ASN1Sequence pair = ASN1Sequence.getInstance(value);
      BigInteger r = ASN1Integer.getInstance(pair.getObjectAt(0)).getValue();
      BigInteger s = ASN1Integer.getInstance(pair.getObjectAt(1)).getValue();
      if (pair.size() == 2 && r.signum() > 0 && s.signum() > 0) {
        return;
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
    throw invalid("not two positive integers");
  }

  private static RuleBroken invalid(String detail) {
    return new RuleBroken(RuleId.S010_SIGNATURE_INVALID, SIGNER, detail, AGAIN);
  }
}
