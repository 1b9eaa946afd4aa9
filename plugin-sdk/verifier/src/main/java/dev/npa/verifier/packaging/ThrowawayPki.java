// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import dev.npa.verifier.trust.TrustAnchors;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A root and a vendor's signing key made on the spot, held in memory only: for tests and
/// demonstrations, where nobody's trust outlives the process.
public final class ThrowawayPki {

  private static final Duration VALIDITY = Duration.ofDays(30);

  private final X509Certificate root;
  private final SigningKey vendorKey;

  private ThrowawayPki(X509Certificate root, SigningKey vendorKey) {
    this.root = root;
    this.vendorKey = vendorKey;
  }

  /// @param vendor common name in the signing certificate
  /// @param now certificates are valid from an hour before to 30 days after
  /// @throws GeneralSecurityException if the Java runtime has no P-384
  public static ThrowawayPki create(String vendor, Instant now) throws GeneralSecurityException {
    Instant from = now.minus(Duration.ofHours(1));
    Instant until = now.plus(VALIDITY);
    CertificateIssuer root = CertificateIssuer.root("NPA throwaway root", from, until);
    return new ThrowawayPki(root.certificate(), root.codeSigningKey(vendor, from, until));
  }

  public X509Certificate root() {
    return root;
  }

  public SigningKey vendorKey() {
    return vendorKey;
  }

  /// The root alone.
  public TrustAnchors trustAnchors() {
    return TrustAnchors.of(List.of(root));
  }
}
