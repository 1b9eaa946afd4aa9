// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import dev.npa.verifier.trust.TrustAnchors;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/// Signing keys below one root whose certificates are not what the gate wants, and one that is.
public final class OddKeys {

  private static final Instant FROM = Samples.NOW.minus(Duration.ofDays(1));
  private static final Instant UNTIL = Samples.NOW.plus(Duration.ofDays(30));
  private static final CertificateIssuer ROOT = root();

  public static final TrustAnchors ANCHORS = TrustAnchors.of(ROOT.certificate());

  private OddKeys() {}

  private static CertificateIssuer root() {
    try {
      return CertificateIssuer.root("odd root", FROM, UNTIL);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static SigningKey good() throws GeneralSecurityException {
    return ROOT.codeSigningKey("good", FROM, UNTIL);
  }

  public static SigningKey belowIntermediate() throws GeneralSecurityException {
    CertificateIssuer between = ROOT.intermediate("between", FROM, UNTIL);
    SigningKey leaf = between.codeSigningKey("leaf", FROM, UNTIL);
    return new SigningKey(
        leaf.privateKey(), List.of(leaf.chain().getFirst(), between.certificate()));
  }

  public static SigningKey belowExpiredIntermediate() throws GeneralSecurityException {
    CertificateIssuer between =
        ROOT.intermediate("expired", FROM, Samples.NOW.minus(Duration.ofHours(1)));
    SigningKey leaf = between.codeSigningKey("leaf", FROM, UNTIL);
    return new SigningKey(
        leaf.privateKey(), List.of(leaf.chain().getFirst(), between.certificate()));
  }

  /// Issued by a vendor's leaf, which is no certification authority.
  public static SigningKey belowLeaf() throws GeneralSecurityException {
    KeyPair keys = CertificateIssuer.p384();
    CertificateIssuer leaf =
        new CertificateIssuer(
            keys, ROOT.issue(CertificateIssuer.codeSigning("leaf", keys, FROM, UNTIL)));
    SigningKey below = leaf.codeSigningKey("below", FROM, UNTIL);
    List<X509Certificate> chain = new ArrayList<>(below.chain());
    chain.add(leaf.certificate());
    return new SigningKey(below.privateKey(), chain);
  }

  public static SigningKey p256() throws GeneralSecurityException {
    KeyPair keys = CertificateIssuer.keys("EC", "secp256r1");
    return key(CertificateIssuer.codeSigning("p256", keys, FROM, UNTIL));
  }

  public static SigningKey withPurposes(String... oids) throws GeneralSecurityException {
    List<KeyPurposeId> purposes =
        Stream.of(oids).map(ASN1ObjectIdentifier::new).map(KeyPurposeId::getInstance).toList();
    return key(request(purposes, new KeyUsage(KeyUsage.digitalSignature), false));
  }

  public static SigningKey withUsage(int usage) throws GeneralSecurityException {
    return key(request(List.of(KeyPurposeId.id_kp_codeSigning), new KeyUsage(usage), false));
  }

  public static SigningKey authority() throws GeneralSecurityException {
    List<KeyPurposeId> purposes = List.of(KeyPurposeId.id_kp_codeSigning);
    return key(request(purposes, new KeyUsage(KeyUsage.digitalSignature), true));
  }

  /// A second certificate for the key of another.
  public static SigningKey reissued(SigningKey key) throws GeneralSecurityException {
    KeyPair keys = new KeyPair(key.chain().getFirst().getPublicKey(), key.privateKey());
    return key(CertificateIssuer.codeSigning("good", keys, FROM, UNTIL));
  }

  private static CertificateIssuer.Request request(
      List<KeyPurposeId> purposes, KeyUsage usage, boolean authority)
      throws GeneralSecurityException {
    KeyPair keys = CertificateIssuer.p384();
    return new CertificateIssuer.Request(
        "odd", keys, FROM, UNTIL, new BasicConstraints(authority), usage, purposes);
  }

  private static SigningKey key(CertificateIssuer.Request request) throws GeneralSecurityException {
    return new SigningKey(request.keys().getPrivate(), List.of(ROOT.issue(request)));
  }
}
