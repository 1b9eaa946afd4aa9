// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certification authority with its key, which issues what {@link ThrowawayPki} needs, and to
/// tests also what nobody should.
record CertificateIssuer(KeyPair keys, X509Certificate certificate) {

  /// Everything a certificate says but its issuer.
  record Request(
      String commonName,
      KeyPair keys,
      Instant from,
      Instant until,
      BasicConstraints constraints,
      KeyUsage usage,
      List<KeyPurposeId> purposes) {}

  static CertificateIssuer root(String name, Instant from, Instant until)
      throws GeneralSecurityException {
    KeyPair keys = p384();
    Request request = authority(name, keys, from, until);
    return new CertificateIssuer(keys, issue(request, keys, principal(name)));
  }

  CertificateIssuer intermediate(String name, Instant from, Instant until)
      throws GeneralSecurityException {
    KeyPair keys = p384();
    return new CertificateIssuer(keys, issue(authority(name, keys, from, until)));
  }

  SigningKey codeSigningKey(String name, Instant from, Instant until)
      throws GeneralSecurityException {
    KeyPair keys = p384();
    return new SigningKey(keys.getPrivate(), List.of(issue(codeSigning(name, keys, from, until))));
  }

  static Request codeSigning(String name, KeyPair keys, Instant from, Instant until) {
    return new Request(
        name,
        keys,
        from,
        until,
        new BasicConstraints(false),
        new KeyUsage(KeyUsage.digitalSignature),
        List.of(KeyPurposeId.id_kp_codeSigning));
  }

  private static Request authority(String name, KeyPair keys, Instant from, Instant until) {
    return new Request(
        name,
        keys,
        from,
        until,
        new BasicConstraints(true),
        new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign),
        List.of());
  }

  X509Certificate issue(Request request) throws GeneralSecurityException {
    return issue(request, keys, certificate.getSubjectX500Principal());
  }

  private static X509Certificate issue(Request request, KeyPair issuerKeys, X500Principal issuer)
      throws GeneralSecurityException {
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            new BigInteger(127, new SecureRandom()).setBit(126),
            Date.from(request.from()),
            Date.from(request.until()),
            principal(request.commonName()),
            request.keys().getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, request.constraints());
      builder.addExtension(Extension.keyUsage, true, request.usage());
      if (!request.purposes().isEmpty()) {
        KeyPurposeId[] purposes = request.purposes().toArray(KeyPurposeId[]::new);
        builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purposes));
      }
      var signer = new JcaContentSignerBuilder("SHA384withECDSA").build(issuerKeys.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (CertIOException | OperatorCreationException e) {
      throw new GeneralSecurityException("cannot issue to " + request.commonName(), e);
    }
  }

  /// Quoted by the library, so that a name with a comma stays one name.
  private static X500Principal principal(String commonName) throws GeneralSecurityException {
    try {
      return new X500Principal(
          new X500NameBuilder().addRDN(BCStyle.CN, commonName).build().getEncoded());
    } catch (IOException e) {
      throw new GeneralSecurityException("not a name: " + commonName, e);
    }
  }

  static KeyPair p384() throws GeneralSecurityException {
    return keys("EC", "secp384r1");
  }

  static KeyPair keys(String algorithm, String curve) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }
}
