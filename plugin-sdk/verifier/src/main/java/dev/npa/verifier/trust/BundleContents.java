// SPDX-License-Identifier: MIT
package dev.npa.verifier.trust;

import dev.npa.verifier.PackageFormat;
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
/// @param serial 1 to [#MAX_SERIAL]; the next bundle has a higher one
/// @param issued whole seconds
/// @param expires whole seconds; a bundle that is out of date decides nothing, and all is refused
/// @param roots of vendors and of the platform, at least one
/// @param timestampRoots of timestamp authorities only
/// @param revoked certificates that are no longer to be believed
/// @param denied packages that must not load, whoever signed them
/// @param minimumGenerations by plugin id, 1 to [PackageFormat#MAX_GENERATION]; older generations
///   must not load
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

  /// The highest serial number, of 18 digits: it fits a long, and so does every number that a text
  /// file with 18 digits can hold.
  public static final long MAX_SERIAL = 999_999_999_999_999_999L;

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
    require(serial >= 1 && serial <= MAX_SERIAL, "serial %d, not 1 to %d", serial, MAX_SERIAL);
    require(minimumFormat >= 1, "package format %d; the first is 1", minimumFormat);
    require(issued.isBefore(expires), "expires %s, not after its issue at %s", expires, issued);
    require(!roots.isEmpty(), "no root: all packages would be refused");
    minimumGenerations.forEach(BundleContents::requireMinimum);
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

  /// A statement about a plugin that no package can be would be no statement at all.
  static void requireMinimum(String pluginId, int generation) {
    require(
        pluginId.matches(PackageFormat.PLUGIN_ID_FORM),
        "minimum of %s: not a plugin id, lower-case words joined by . or -",
        pluginId);
    require(
        generation >= 1 && generation <= PackageFormat.MAX_GENERATION,
        "minimum of %s: generation %d, not 1 to %d",
        pluginId,
        generation,
        PackageFormat.MAX_GENERATION);
  }

  private static void require(boolean condition, String message, Object... values) {
    if (!condition) {
      throw new IllegalArgumentException(message.formatted(values));
    }
  }

  private static void requireId(String id) {
    if (!id.matches(ID)) {
      throw new IllegalArgumentException("not 96 lower-case hexadecimal digits: " + id);
    }
  }
}
