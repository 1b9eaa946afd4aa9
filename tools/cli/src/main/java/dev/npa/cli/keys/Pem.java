// SPDX-License-Identifier: MIT
package dev.npa.cli.keys;

import dev.npa.verifier.Printable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Certificates and requests as text (RFC 7468).
public final class Pem {
  private Pem() {}

  /// @param type what stands between BEGIN and the dashes
  static byte[] encode(String type, byte[] der) {
    byte[] lineEnd = {'\n'};
    String text = Base64.getMimeEncoder(64, lineEnd).encodeToString(der);
    return ("-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  public static byte[] encode(List<X509Certificate> certificates)
      throws CertificateEncodingException {
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : certificates) {
      byte[] one = encode("CERTIFICATE", certificate.getEncoded());
      text.append(new String(one, StandardCharsets.US_ASCII));
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /// Whose a certificate is, fit for a terminal: anybody can write anything into one.
  public static String subject(X509Certificate certificate) {
    return Printable.text(certificate.getSubjectX500Principal().toString());
  }

  /// Certificates of a PEM or DER file, at least one.
  ///
  /// @param name of the file, for the message
  /// @throws IOException if there are none
  public static List<X509Certificate> certificates(String name, byte[] bytes) throws IOException {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory x509 = CertificateFactory.getInstance("X.509");
      for (Certificate c : x509.generateCertificates(new ByteArrayInputStream(bytes))) {
        certificates.add((X509Certificate) c);
      }
    } catch (CertificateException e) {
      throw new IOException(name + ": not a certificate: " + e.getMessage(), e);
    }
    if (certificates.isEmpty()) {
      throw new IOException(name + ": holds no certificate, neither PEM nor DER");
    }
    return certificates;
  }
}
