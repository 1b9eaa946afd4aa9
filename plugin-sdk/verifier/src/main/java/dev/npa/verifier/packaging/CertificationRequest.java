// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import dev.npa.verifier.cms.Oids;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// Asks an authority for a certificate (PKCS#10, RFC 2986).
public final class CertificationRequest {

  private static final List<ASN1ObjectIdentifier> USES =
      List.of(
          Extension.basicConstraints,
          Extension.keyUsage,
          Extension.extendedKeyUsage,
          Extension.certificatePolicies,
          new ASN1ObjectIdentifier(Oids.HOLDER));

  private CertificationRequest() {}

  /// A request for the subject, the public key and the use of a certificate, DER, signed by its
  /// private key to show that the asker has it. What the holder may sign is for the authority to
  /// decide; that it asks for that is in the request's extensions (PKCS#9, extensionRequest).
  ///
  /// @throws GeneralSecurityException if the key cannot sign
  public static byte[] encode(PrivateKey key, X509Certificate certificate)
      throws GeneralSecurityException {
    var signer = new JcaContentSignerBuilder(KeyPairs.signatureName(certificate.getPublicKey()));
    try {
      var request =
          new JcaPKCS10CertificationRequestBuilder(
              certificate.getSubjectX500Principal(), certificate.getPublicKey());
      Extensions uses = uses(certificate);
      if (uses.getExtensionOIDs().length != 0) {
        request.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, uses);
      }
      return request.build(signer.build(key)).getEncoded();
    } catch (OperatorCreationException | IOException e) {
      throw new GeneralSecurityException(
          "cannot ask for " + certificate.getSubjectX500Principal(), e);
    }
  }

  private static Extensions uses(X509Certificate certificate) throws CertificateEncodingException {
    X509CertificateHolder holder = new JcaX509CertificateHolder(certificate);
    return new Extensions(
        USES.stream().map(holder::getExtension).filter(Objects::nonNull).toArray(Extension[]::new));
  }
}
