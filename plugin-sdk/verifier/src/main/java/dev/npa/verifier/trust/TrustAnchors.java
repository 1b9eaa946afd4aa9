// SPDX-License-Identifier: MIT
package dev.npa.verifier.trust;

import dev.npa.verifier.cms.Jca;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// The root certificates that whoever runs the gate has decided to trust. Immutable.
///
/// Nothing in a package can add to them; the hypervisor and the shell each bring their own.
public final class TrustAnchors {

  private final List<X509Certificate> roots;

  private TrustAnchors(Collection<X509Certificate> certificates) {
    for (X509Certificate root : certificates) {
      requireAuthority(root);
    }
    roots = List.copyOf(certificates);
  }

  /// @throws IllegalArgumentException if there is no root, or one is not a CA certificate
  public static TrustAnchors of(Collection<X509Certificate> roots) {
    if (roots.isEmpty()) {
      throw new IllegalArgumentException("no root certificate");
    }
    return new TrustAnchors(roots);
  }

  /// No platform at all: the host of an owner who believes only the roots they enrolled.
  public static TrustAnchors none() {
    return new TrustAnchors(List.of());
  }

  /// @throws IllegalArgumentException if there is no root, or one is not a CA certificate
  public static TrustAnchors of(X509Certificate... roots) {
    return of(List.of(roots));
  }

  /// Reads one DER certificate, or any number of PEM certificates.
  ///
  /// @throws CertificateException if the bytes are no certificates
  /// @throws IllegalArgumentException if there is no root, or one is not a CA certificate
  public static TrustAnchors parse(byte[] pemOrDer) throws CertificateException {
    List<X509Certificate> roots = new ArrayList<>();
    for (var certificate : Jca.x509().generateCertificates(new ByteArrayInputStream(pemOrDer))) {
      roots.add((X509Certificate) certificate);
    }
    return of(roots);
  }

  static void requireAuthority(X509Certificate root) {
    if (root.getBasicConstraints() < 0) {
      throw new IllegalArgumentException(
          "not a certification authority: " + root.getSubjectX500Principal());
    }
  }

  /// The roots, in the order given.
  public List<X509Certificate> roots() {
    return roots;
  }
}
