// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// Asks an authority for a certificate (PKCS#10, RFC 2986).
public final class CertificationRequest {

  private CertificationRequest() {}

  /// A request for the subject and the public key of a certificate, DER, signed by its private key
  /// to show that the asker has it. What the holder may sign is for the authority to decide.
  ///
  /// @throws GeneralSecurityException if the key cannot sign
  public static byte[] encode(PrivateKey key, X509Certificate certificate)
      throws GeneralSecurityException {
    var signer = new JcaContentSignerBuilder(KeyPairs.signatureName(certificate.getPublicKey()));
    try {
      return new JcaPKCS10CertificationRequestBuilder(
              certificate.getSubjectX500Principal(), certificate.getPublicKey())
          .build(signer.build(key))
          .getEncoded();
    } catch (OperatorCreationException | IOException e) {
      throw new GeneralSecurityException(
          "cannot ask for " + certificate.getSubjectX500Principal(), e);
    }
  }
}
