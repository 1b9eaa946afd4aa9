// SPDX-License-Identifier: MIT
package dev.npa.verifier.cms;

import dev.npa.verifier.Location;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.SignatureAlgorithm;
import dev.npa.verifier.stage.RuleBroken;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/// One SignerInfo, read as far as possible without trusting anybody: its attributes are those of
/// the profile, they are about this content, and they name the certificates beside them.
///
/// Whether those certificates may be believed is for others; only then is the signature worth
/// checking ({@link #requireSignature()}).
public final class SignerCheck {

  private static final Location SIGNER = new Location.Package("signature block, SignerInfo");
  private static final String AGAIN = "get it again from whoever signed it";
  private static final ASN1ObjectIdentifier TIMESTAMP =
      PKCSObjectIdentifiers.id_aa_signatureTimeStampToken;
  private static final AlgorithmIdentifier SHA_384 =
      new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha384);

  private final SignerInfo signer;
  private final SignatureSuite suite;
  private final SignedAttributes attributes;
  private final CertificatePath path;

  private SignerCheck(
      SignerInfo signer, SignatureSuite suite, SignedAttributes attributes, CertificatePath path) {
    this.signer = signer;
    this.suite = suite;
    this.attributes = attributes;
    this.path = path;
  }

  /// What signers sign, digested once for each algorithm.
  public interface Content {
    byte[] digest(SignatureAlgorithm algorithm);

    /// @param length the content is `bytes` from 0 to here
    static Content of(byte[] bytes, int length) {
      return algorithm -> {
        MessageDigest digest = Jca.digest(SignatureSuite.of(algorithm).digestName());
        digest.update(bytes, 0, length);
        return digest.digest();
      };
    }
  }

  public static SignerCheck read(
      SignerInfo signer,
      CmsSignedData.Kind kind,
      SignedAttributes.Profile profile,
      Content content,
      List<X509Certificate> certificates)
      throws RuleBroken {
    if (!signer.getVersion().hasValue(1)) {
      throw CmsSignedData.profile("SignerInfo version is not 1");
    }
    if (signer.getAuthenticatedAttributes() == null) {
      throw SignedAttributes.broken("none");
    }
    SignatureSuite suite = suite(signer);
    SignedAttributes attributes =
        SignedAttributes.parse(signer.getAuthenticatedAttributes(), suite, kind, profile);
    byte[] digest = content.digest(suite.algorithm());
    if (!attributes.covers(digest)) {
      throw new RuleBroken(
          RuleId.S006_DIGEST_MISMATCH,
          SIGNER,
          suite.digestName() + " of the signed range is " + HexFormat.of().formatHex(digest),
          AGAIN);
    }
    CertificatePath path = CertificatePath.order(leaf(signer, certificates), certificates);
    requireNamed(path, attributes);
    return new SignerCheck(signer, suite, attributes, path);
  }

  /// For display only: nothing is checked but that it can be read.
  public static SignerCheck unchecked(SignerInfo signer, List<X509Certificate> certificates)
      throws RuleBroken {
    if (signer.getAuthenticatedAttributes() == null) {
      throw SignedAttributes.broken("none");
    }
    SignatureSuite suite = suite(signer);
    SignedAttributes attributes =
        SignedAttributes.parse(
            signer.getAuthenticatedAttributes(),
            suite,
            CmsSignedData.Kind.DETACHED,
            SignedAttributes.Profile.BOUND);
    CertificatePath path = CertificatePath.order(leaf(signer, certificates), certificates);
    return new SignerCheck(signer, suite, attributes, path);
  }

  private static SignatureSuite suite(SignerInfo signer) throws RuleBroken {
    for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
      SignatureSuite suite = SignatureSuite.of(algorithm);
      if (signer.getDigestAlgorithm().equals(suite.digest())
          && signer.getDigestEncryptionAlgorithm().equals(suite.signature())) {
        return suite;
      }
    }
    throw new RuleBroken(
        RuleId.S005_WRONG_ALGORITHM,
        SIGNER,
        "neither ECDSA with SHA-384 nor ML-DSA-65 with SHA-512",
        "sign with one of these");
  }

  /// The certificate whose issuer and serial number the SignerInfo names, byte for byte: names that
  /// only compare as equal would leave bytes that nobody vouches for.
  static X509Certificate leaf(SignerInfo signer, List<X509Certificate> certificates)
      throws RuleBroken {
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
  private static void requireNamed(CertificatePath path, SignedAttributes attributes)
      throws RuleBroken {
    List<X509Certificate> certificates = path.certificates();
    ESSCertIDv2[] ids = new ESSCertIDv2[certificates.size()];
    try {
      for (int i = 0; i < ids.length; i++) {
        byte[] digest = Jca.sha384().digest(certificates.get(i).getEncoded());
        ids[i] = new ESSCertIDv2(SHA_384, digest);
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

  public SignatureSuite suite() {
    return suite;
  }

  public SignedAttributes attributes() {
    return attributes;
  }

  public CertificatePath path() {
    return path;
  }

  /// The signature itself, which is what a timestamp is about.
  public byte[] value() {
    return signer.getEncryptedDigest().getOctets();
  }

  /// The one unsigned attribute there may be: an RFC 3161 token, DER.
  public Optional<byte[]> timestampToken() throws RuleBroken {
    ASN1Set unsigned = signer.getUnauthenticatedAttributes();
    if (unsigned == null) {
      return Optional.empty();
    }
    try {
      Attribute attribute = Attribute.getInstance(unsigned.getObjectAt(0));
      if (unsigned.size() == 1
          && Der.same(attribute, unsigned.getObjectAt(0))
          && attribute.getAttrType().equals(TIMESTAMP)
          && attribute.getAttrValues().size() == 1) {
        return Optional.of(Der.encoded(attribute.getAttrValues().getObjectAt(0)));
      }
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw CmsSignedData.profile("unreadable unsigned attributes: " + e.getMessage());
    }
    throw CmsSignedData.profile("SignerInfo has unsigned attributes other than one timestamp");
  }

  /// @throws RuleBroken if there is an unsigned attribute
  public void requireNothingUnsigned() throws RuleBroken {
    if (signer.getUnauthenticatedAttributes() != null) {
      throw CmsSignedData.profile("SignerInfo has unsigned attributes");
    }
  }

  public void requireSignature() throws RuleBroken {
    try {
      if (suite.algorithm() == SignatureAlgorithm.EC_P384) {
        requireTwoIntegers(value());
      }
      Signature signature = Jca.signature(suite.algorithm());
      signature.initVerify(path.leaf().getPublicKey());
      signature.update(attributes.signedBytes());
      if (signature.verify(value())) {
        return;
      }
    } catch (GeneralSecurityException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
    throw invalid(suite.algorithm().label() + " verification failed");
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
