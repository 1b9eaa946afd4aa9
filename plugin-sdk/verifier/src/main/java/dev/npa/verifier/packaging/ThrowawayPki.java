// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import dev.npa.verifier.AcceptanceLevel;
import dev.npa.verifier.SignatureAlgorithm;
import dev.npa.verifier.trust.Holder;
import dev.npa.verifier.trust.TrustAnchors;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// A root and a vendor's signing key made on the spot, held in memory only: for tests and
/// demonstrations, where nobody's trust outlives the process. Further keys below the root are made
/// when asked for.
public final class ThrowawayPki {

  private static final Duration VALIDITY = Duration.ofDays(30);

  /// Enough for the sample plugins and for tests: Intel's and Broadcom's devices.
  private static final Holder SAMPLES =
      Holder.vendor(
          "throwaway",
          List.of(0x8086, 0x14e4),
          List.of("dev.npa.sample", "example", "org.hostile", "org.kawela"));

  private final CertificateIssuer root;
  private final SigningKey vendorKey;
  private final Instant from;
  private final Instant until;

  private ThrowawayPki(CertificateIssuer root, SigningKey vendorKey, Instant from, Instant until) {
    this.root = root;
    this.vendorKey = vendorKey;
    this.from = from;
    this.until = until;
  }

  /// A vendor who may sign what this project's samples and tests need.
  ///
  /// @param vendor common name in the signing certificate
  /// @param now certificates are valid from an hour before to 30 days after
  /// @throws GeneralSecurityException if the Java runtime has no P-384
  public static ThrowawayPki create(String vendor, Instant now) throws GeneralSecurityException {
    return create(vendor, SAMPLES, SignatureAlgorithm.EC_P384, now);
  }

  /// @param vendor common name in the signing certificate
  /// @param holder what the vendor may sign
  /// @param algorithm of all keys
  /// @param now certificates are valid from an hour before to 30 days after
  /// @throws GeneralSecurityException if the Java runtime lacks the algorithm
  public static ThrowawayPki create(
      String vendor, Holder holder, SignatureAlgorithm algorithm, Instant now)
      throws GeneralSecurityException {
    Instant from = now.minus(Duration.ofHours(1));
    Instant until = now.plus(VALIDITY);
    CertificateIssuer root = CertificateIssuer.root("NPA throwaway root", algorithm, from, until);
    SigningKey key = root.key(vendor, CertificateUse.origin(holder), from, until);
    return new ThrowawayPki(root, key, from, until);
  }

  public X509Certificate root() {
    return root.certificate();
  }

  public SigningKey vendorKey() {
    return vendorKey;
  }

  /// A key of the platform that may grant a level, or a lower one.
  ///
  /// @throws GeneralSecurityException if the Java runtime lacks the algorithm
  public SigningKey certifierKey(AcceptanceLevel highest) throws GeneralSecurityException {
    return key("certifier", CertificateUse.certification("platform", highest));
  }

  /// A key of the platform for trust bundles.
  ///
  /// @throws GeneralSecurityException if the Java runtime lacks the algorithm
  public SigningKey bundleKey() throws GeneralSecurityException {
    return key("trust bundles", CertificateUse.trustBundle());
  }

  /// A timestamp authority in this process.
  ///
  /// @throws GeneralSecurityException if the Java runtime lacks the algorithm
  public LocalTimestampAuthority timestampAuthority(InstantSource clock)
      throws GeneralSecurityException {
    return new LocalTimestampAuthority(key("timestamps", CertificateUse.timestamping()), clock);
  }

  /// A key for any use, valid as long as the others.
  ///
  /// @throws GeneralSecurityException if the Java runtime lacks the algorithm
  public SigningKey key(String name, CertificateUse use) throws GeneralSecurityException {
    return root.key(name, use, from, until);
  }

  /// The root alone.
  public TrustAnchors trustAnchors() {
    return TrustAnchors.of(List.of(root.certificate()));
  }
}
