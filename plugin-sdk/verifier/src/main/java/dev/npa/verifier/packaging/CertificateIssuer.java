// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import dev.npa.verifier.SignatureAlgorithm;
import dev.npa.verifier.cms.Oids;
import dev.npa.verifier.signature.HolderExtension;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certification authority with its key.
///
/// @param chain its own certificate and those above it, without the root; empty for a root
public record CertificateIssuer(
    PrivateKey key, X509Certificate certificate, List<X509Certificate> chain) {

  public CertificateIssuer {
    chain = List.copyOf(chain);
  }

  /// Makes a key pair and a self-signed root certificate.
  ///
  /// @throws GeneralSecurityException if the Java runtime lacks the algorithm
  public static CertificateIssuer root(
      String name, SignatureAlgorithm algorithm, Instant from, Instant until)
      throws GeneralSecurityException {
    KeyPair keys = KeyPairs.generate(algorithm);
    X509Certificate certificate = selfSigned(name, keys, CertificateUse.root(), from, until);
    return new CertificateIssuer(keys.getPrivate(), certificate, List.of());
  }

  /// A certificate that a key vouches for itself.
  ///
  /// @param keys wherever the private one is, in this process or in a token
  /// @throws GeneralSecurityException if the key cannot sign
  public static X509Certificate selfSigned(
      String name, KeyPair keys, CertificateUse use, Instant from, Instant until)
      throws GeneralSecurityException {
    Subject subject = new Subject(name, keys.getPublic(), from, until, use);
    return issue(subject, keys.getPrivate(), principal(name));
  }

  /// Makes a key pair of the issuer's own kind and an authority below the issuer.
  ///
  /// @throws GeneralSecurityException if the Java runtime lacks the algorithm
  public CertificateIssuer authority(String name, CertificateUse use, Instant from, Instant until)
      throws GeneralSecurityException {
    SigningKey below = key(name, use, from, until);
    return new CertificateIssuer(below.privateKey(), below.chain().getFirst(), below.chain());
  }

  /// Makes a key pair of the issuer's own kind and a certificate for it.
  ///
  /// @throws GeneralSecurityException if the Java runtime lacks the algorithm
  public SigningKey key(String name, CertificateUse use, Instant from, Instant until)
      throws GeneralSecurityException {
    KeyPair keys = KeyPairs.generate(KeyPairs.algorithm(certificate.getPublicKey()));
    return new SigningKey(keys.getPrivate(), issue(name, keys.getPublic(), use, from, until));
  }

  /// Issues a certificate for somebody else's key.
  ///
  /// @param name common name
  /// @return the certificate and those above it, without the root
  /// @throws GeneralSecurityException if the issuer's key cannot sign
  public List<X509Certificate> issue(
      String name, PublicKey key, CertificateUse use, Instant from, Instant until)
      throws GeneralSecurityException {
    Subject subject = new Subject(name, key, from, until, use);
    List<X509Certificate> path = new ArrayList<>();
    path.add(issue(subject, this.key, certificate.getSubjectX500Principal()));
    path.addAll(chain);
    return path;
  }

  /// Everything a certificate says but its issuer.
  private record Subject(
      String name, PublicKey key, Instant from, Instant until, CertificateUse use) {}

  private static X509Certificate issue(Subject subject, PrivateKey key, X500Principal issuer)
      throws GeneralSecurityException {
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            new BigInteger(127, new SecureRandom()).setBit(126),
            Date.from(subject.from()),
            Date.from(subject.until()),
            principal(subject.name()),
            subject.key());
    try {
      addExtensions(builder, subject.use());
      var signer = new JcaContentSignerBuilder(KeyPairs.signatureName(key)).build(key);
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (CertIOException | OperatorCreationException e) {
      throw new GeneralSecurityException("cannot issue to " + subject.name(), e);
    }
  }

  private static void addExtensions(X509v3CertificateBuilder builder, CertificateUse use)
      throws CertIOException {
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(use.authority()));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(use.keyUsage()));
    if (!use.purposes().isEmpty()) {
      KeyPurposeId[] purposes =
          use.purposes().stream()
              .map(oid -> KeyPurposeId.getInstance(new ASN1ObjectIdentifier(oid)))
              .toArray(KeyPurposeId[]::new);
      builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purposes));
    }
    if (!use.policies().isEmpty()) {
      PolicyInformation[] policies =
          use.policies().stream()
              .map(oid -> new PolicyInformation(new ASN1ObjectIdentifier(oid)))
              .toArray(PolicyInformation[]::new);
      builder.addExtension(Extension.certificatePolicies, false, new CertificatePolicies(policies));
    }
    if (use.holder().isPresent()) {
      builder.addExtension(
          new ASN1ObjectIdentifier(Oids.HOLDER), false, HolderExtension.encode(use.holder().get()));
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
}
