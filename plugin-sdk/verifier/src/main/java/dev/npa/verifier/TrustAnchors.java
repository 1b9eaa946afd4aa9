// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The root certificates that whoever runs the gate has decided to trust. Immutable.
///
/// Nothing in a package can add to them; the hypervisor and the shell each bring their own.
public final class TrustAnchors {

  private final Set<TrustAnchor> anchors;
  private final List<X509Certificate> roots;

  private TrustAnchors(Collection<X509Certificate> certificates) {
    Set<TrustAnchor> set = new LinkedHashSet<>();
    for (X509Certificate root : certificates) {
      if (root.getBasicConstraints() < 0) {
        throw new IllegalArgumentException(
            "not a certification authority: " + root.getSubjectX500Principal());
      }
      // Name constraints stay null: those inside the certificate are the ones that PKIX applies.
      set.add(new TrustAnchor(root, null));
    }
    if (set.isEmpty()) {
      throw new IllegalArgumentException("no root certificate");
    }
    anchors = Set.copyOf(set);
    roots = List.copyOf(certificates);
  }

  /// @throws IllegalArgumentException if there is no root, or one is not a CA certificate
  public static TrustAnchors of(Collection<X509Certificate> roots) {
    return new TrustAnchors(roots);
  }

  /// @throws IllegalArgumentException if there is no root, or one is not a CA certificate
  public static TrustAnchors of(X509Certificate... roots) {
    return new TrustAnchors(List.of(roots));
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
    return new TrustAnchors(roots);
  }

  /// The roots, in the order given.
  public List<X509Certificate> roots() {
    return roots;
  }

  Set<TrustAnchor> anchors() {
    return anchors;
  }
}
