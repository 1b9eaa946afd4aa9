// SPDX-License-Identifier: MIT
package dev.npa.verifier.trust;

import dev.npa.verifier.Verdict;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;

/// The trust by which a party decides now, and the one way in which it changes while that party
/// runs: a newer bundle of the platform's, or the owner's word. The hypervisor and each shell have
/// one of their own, with their own anchors.
///
/// Thread-safe. Asking never waits for a bundle that is being checked. Bundles never go back, not
/// even by the owner's word: the highest serial number taken stays the lowest to take.
public final class TrustInForce {

  private final InstantSource clock;
  private volatile Edition edition;

  /// @param number counts the changes, from 0
  private record Edition(Trust trust, long number) {}

  /// @param first what holds from the start
  /// @param clock says when a decision is made
  public TrustInForce(Trust first, InstantSource clock) {
    this.clock = clock;
    this.edition = new Edition(first.under(atLeast(first, 0)), 0);
  }

  public Trust trust() {
    return edition.trust();
  }

  /// How often the trust has changed. Whoever made a decision under another edition asks again. One
  /// volatile read, fit for a polling loop.
  public long edition() {
    return edition.number();
  }

  /// The time of a decision that is made now.
  public Instant now() {
    return clock.instant();
  }

  /// Takes a newer bundle, or says why not; then nothing has changed. Runs for milliseconds.
  ///
  /// @param signedBundle checked against the anchors and the bundle in force, as of now
  public synchronized Verdict<TrustBundle> update(byte[] signedBundle) {
    Trust before = edition.trust();
    Optional<BundleContents> inForce = before.bundle().map(TrustBundle::contents);
    Verdict<TrustBundle> verdict =
        TrustBundle.check(
            signedBundle, before.anchors(), before.policy(), inForce, clock.instant());
    if (verdict instanceof Verdict.Accepted<TrustBundle>(TrustBundle taken)
        && !isInForce(taken, inForce)) {
      replace(before.with(taken));
    }
    return verdict;
  }

  /// Equal serial numbers come with equal contents only: the bundle that is there, signed again.
  private static boolean isInForce(TrustBundle taken, Optional<BundleContents> inForce) {
    return inForce
        .filter(before -> Arrays.equals(before.encoded(), taken.contents().encoded()))
        .isPresent();
  }

  /// Decides by another trust from now on: what the owner enrols or denies, another policy.
  ///
  /// @param other with an older bundle than was ever taken, or none, it decides nothing: every
  ///   package is refused
  public synchronized void replace(Trust other) {
    long floor = edition.trust().policy().lowestBundleSerial();
    edition = new Edition(other.under(atLeast(other, floor)), edition.number() + 1);
  }

  private static TrustPolicy atLeast(Trust trust, long floor) {
    long serial = trust.bundle().map(bundle -> bundle.contents().serial()).orElse(0L);
    long highest = Math.max(floor, serial);
    return trust.policy().notBefore(Math.max(highest, trust.policy().lowestBundleSerial()));
  }
}
