// SPDX-License-Identifier: MIT
package dev.npa.verifier.trust;

import dev.npa.verifier.SignatureAlgorithm;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a trust bundle says; written by a {@link BundleDraft}. A value: only {@link TrustBundle}
/// has been checked.
///
/// @param serial 1 or more; the next bundle has a higher one
/// @param issued whole seconds
/// @param expires whole seconds; a bundle that is out of date decides nothing, and all is refused
/// @param roots of vendors and of the platform, at least one
/// @param timestampRoots of timestamp authorities only
/// @param revoked certificates that are no longer to be believed
/// @param denied packages that must not load, whoever signed them
/// @param minimumGenerations by plugin id; older generations must not load
/// @param sunsets signatures by these algorithms count for nothing from then on
/// @param minimumFormat package formats below are refused; 1 is the first
public record BundleContents(
    long serial,
    Instant issued,
    Instant expires,
    List<X509Certificate> roots,
    List<X509Certificate> timestampRoots,
    List<Revocation> revoked,
    List<Denial> denied,
    SortedMap<String, Integer> minimumGenerations,
    SortedMap<SignatureAlgorithm, Instant> sunsets,
    int minimumFormat) {

  private static final String ID = "[0-9a-f]{96}";

  /// A certificate that must not be believed for what was signed from some time on. What a trusted
  /// timestamp shows to be older stays good; without a timestamp nothing does.
  ///
  /// @param certificateId SHA-384 of the certificate's DER, lower-case hex
  public record Revocation(String certificateId, Instant since) {
    public Revocation {
      requireId(certificateId);
    }
  }

  /// @param id a package's content id or payload id
  /// @param reason one line of text
  public record Denial(String id, String reason) {
    public Denial {
      requireId(id);
    }
  }

  /// @throws IllegalArgumentException if a part is not as described above
  public BundleContents {
    roots = List.copyOf(roots);
    timestampRoots = List.copyOf(timestampRoots);
    revoked = List.copyOf(revoked);
    denied = List.copyOf(denied);
    minimumGenerations = Collections.unmodifiableSortedMap(new TreeMap<>(minimumGenerations));
    sunsets = Collections.unmodifiableSortedMap(new TreeMap<>(sunsets));
    if (serial < 1 || minimumFormat < 1 || !issued.isBefore(expires) || roots.isEmpty()) {
      throw new IllegalArgumentException(
          "serial %d, format %d, %s to %s, %d roots"
              .formatted(serial, minimumFormat, issued, expires, roots.size()));
    }
    roots.forEach(TrustAnchors::requireAuthority);
    timestampRoots.forEach(TrustAnchors::requireAuthority);
  }

  /// Why a package must not load, by its content id or payload id.
  public Optional<String> denialOf(String id) {
    return denied.stream().filter(d -> d.id().equals(id)).map(Denial::reason).findFirst();
  }

  /// The contents as DER, ready to be signed.
  public byte[] encoded() {
    return BundleDer.encode(this);
  }

  /// SHA-384 of a certificate, as {@link Revocation} names it.
  public static String certificateId(X509Certificate certificate) {
    return HexFormat.of().formatHex(BundleDer.digest(certificate));
  }

  private static void requireId(String id) {
    if (!id.matches(ID)) {
      throw new IllegalArgumentException("not 96 lower-case hexadecimal digits: " + id);
    }
  }
}
