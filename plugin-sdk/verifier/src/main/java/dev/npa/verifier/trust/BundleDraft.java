// SPDX-License-Identifier: MIT
package dev.npa.verifier.trust;

import dev.npa.verifier.SignatureAlgorithm;
import dev.npa.verifier.trust.BundleContents.Denial;
import dev.npa.verifier.trust.BundleContents.Revocation;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A trust bundle while it is being written, statement by statement. Not thread-safe.
public final class BundleDraft {
  private final Instant issued;
  private final List<X509Certificate> roots = new ArrayList<>();
  private final List<X509Certificate> timestampRoots = new ArrayList<>();
  private final List<Revocation> revoked = new ArrayList<>();
  private final List<Denial> denied = new ArrayList<>();
  private final SortedMap<String, Integer> minimums = new TreeMap<>();
  private final SortedMap<SignatureAlgorithm, Instant> sunsets = new TreeMap<>();
  private long serial;
  private Instant expires;
  private int minimumFormat = 1;

  /// @param issued whole seconds
  public BundleDraft(Instant issued) {
    this.issued = issued;
    this.expires = issued;
  }

  public BundleDraft serial(long number) {
    serial = number;
    return this;
  }

  /// @param end whole seconds
  public BundleDraft expires(Instant end) {
    expires = end;
    return this;
  }

  /// Adds roots of vendors and of the platform.
  public BundleDraft roots(Collection<X509Certificate> more) {
    roots.addAll(more);
    return this;
  }

  /// Adds roots of timestamp authorities.
  public BundleDraft timestampRoots(Collection<X509Certificate> more) {
    timestampRoots.addAll(more);
    return this;
  }

  /// @param since nothing signed from then on is to be believed
  public BundleDraft revoke(X509Certificate certificate, Instant since) {
    revoked.add(new Revocation(BundleContents.certificateId(certificate), since));
    return this;
  }

  /// @param id a package's content id or payload id
  /// @throws IllegalArgumentException if it is not 96 lower-case hexadecimal digits
  public BundleDraft deny(String id, String reason) {
    denied.add(new Denial(id, reason));
    return this;
  }

  /// @throws IllegalArgumentException if no plugin can have that id or generation, or the plugin
  ///   has a minimum already
  public BundleDraft minimum(String pluginId, int generation) {
    BundleContents.requireMinimum(pluginId, generation);
    requireFirst(minimums.putIfAbsent(pluginId, generation) == null, pluginId);
    return this;
  }

  /// @throws IllegalArgumentException if the algorithm has a sunset already
  public BundleDraft sunset(SignatureAlgorithm algorithm, Instant from) {
    requireFirst(sunsets.putIfAbsent(algorithm, from) == null, algorithm.label());
    return this;
  }

  public BundleDraft minimumFormat(int format) {
    minimumFormat = format;
    return this;
  }

  /// What has been said so far.
  ///
  /// @throws IllegalArgumentException if that is no bundle's contents: no serial number, no root,
  ///   or an end that is not after the beginning
  public BundleContents contents() {
    return new BundleContents(
        serial,
        issued,
        expires,
        roots,
        timestampRoots,
        revoked,
        denied,
        minimums,
        sunsets,
        minimumFormat);
  }

  private static void requireFirst(boolean first, String of) {
    if (!first) {
      throw new IllegalArgumentException("said twice about " + of);
    }
  }
}
