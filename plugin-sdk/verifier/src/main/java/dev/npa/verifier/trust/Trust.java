// SPDX-License-Identifier: MIT
package dev.npa.verifier.trust;

import dev.npa.verifier.Location;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.trust.BundleContents.Denial;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Everything that decides whom the party that runs the gate believes: its anchors, the platform's
/// latest trust bundle, keys the owner has enrolled, its policy. Immutable; decidable offline.
///
/// The hypervisor and the shell each have their own; a package has no part in it.
///
/// @param anchors the platform's roots as built in. They vouch for the trust bundle; as long as
///   there is none, for packages too
/// @param bundle its roots replace `anchors` for packages
/// @param enrolled roots of the owner of this host; what leads to them is of level community
/// @param timestampRoots roots of timestamp authorities beside those of the platform; they vouch
///   for nothing else
/// @param denied packages that the owner of this host does not let in, whoever signed them
public record Trust(
    TrustAnchors anchors,
    Optional<TrustBundle> bundle,
    List<X509Certificate> enrolled,
    List<X509Certificate> timestampRoots,
    List<Denial> denied,
    TrustPolicy policy) {

  /// @throws IllegalArgumentException if a root is not a certification authority
  public Trust {
    enrolled = List.copyOf(enrolled);
    timestampRoots = List.copyOf(timestampRoots);
    denied = List.copyOf(denied);
    enrolled.forEach(TrustAnchors::requireAuthority);
    timestampRoots.forEach(TrustAnchors::requireAuthority);
  }

  /// The platform's roots alone, under the standard policy.
  public static Trust of(TrustAnchors anchors) {
    return new Trust(
        anchors, Optional.empty(), List.of(), List.of(), List.of(), TrustPolicy.STANDARD);
  }

  public Trust with(TrustBundle latest) {
    return new Trust(anchors, Optional.of(latest), enrolled, timestampRoots, denied, policy);
  }

  public Trust enrolling(Collection<X509Certificate> owned) {
    return new Trust(anchors, bundle, plus(enrolled, owned), timestampRoots, denied, policy);
  }

  public Trust timestampedBy(Collection<X509Certificate> authorities) {
    return new Trust(anchors, bundle, enrolled, plus(timestampRoots, authorities), denied, policy);
  }

  public Trust under(TrustPolicy other) {
    return new Trust(anchors, bundle, enrolled, timestampRoots, denied, other);
  }

  /// Adds to what the owner of this host does not let in.
  public Trust denying(Collection<Denial> more) {
    return new Trust(anchors, bundle, enrolled, timestampRoots, plus(denied, more), policy);
  }

  /// Why nothing at all can be decided at this time, if so: the policy wants a trust bundle and
  /// there is none, or it is out of date or has gone back.
  public Optional<Refusal> objection(Instant at) {
    if (bundle.isPresent()) {
      return bundle.get().objection(policy, at);
    }
    return policy.lowestBundleSerial() == 0
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                RuleId.T011_BUNDLE_MISSING,
                new Location.Package("trust bundle"),
                "none, but the policy wants serial " + policy.lowestBundleSerial() + " or later",
                "get the platform's latest trust bundle"));
  }

  /// The platform's roots for packages.
  public List<X509Certificate> platformRoots() {
    return bundle.map(b -> b.contents().roots()).orElse(anchors.roots());
  }

  /// All roots for packages: the platform's and the owner's.
  public List<X509Certificate> packageRoots() {
    return plus(platformRoots(), enrolled);
  }

  /// All roots for timestamps.
  public List<X509Certificate> authorityRoots() {
    List<X509Certificate> all = plus(platformRoots(), timestampRoots);
    return bundle.map(b -> plus(all, b.contents().timestampRoots())).orElse(all);
  }

  /// Why a package must not load here, by its content id or payload id: the owner's word, then the
  /// platform's.
  public Optional<String> denialOf(String id) {
    return denied.stream()
        .filter(denial -> denial.id().equals(id))
        .map(denial -> "by the owner of this host: " + denial.reason())
        .findFirst()
        .or(() -> bundle.flatMap(b -> b.contents().denialOf(id)));
  }

  private static <T> List<T> plus(Collection<T> some, Collection<T> more) {
    List<T> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }
}
