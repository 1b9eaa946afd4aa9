// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import dev.npa.verifier.packaging.Samples;
import dev.npa.verifier.trust.Trust;
import dev.npa.verifier.trust.TrustAnchors;
import dev.npa.verifier.trust.TrustBundle;
import java.time.Instant;

/// Bytes that the gate must refuse, by which rule, and where.
///
/// @param place what the location of the first refusal contains
record Attack(
    String name, RuleId rule, String place, byte[] bytes, Trust trust, Instant at, Kind kind) {

  /// What the bytes pretend to be.
  enum Kind {
    PACKAGE,
    BUNDLE
  }

  static Attack of(String name, RuleId rule, String place, byte[] bytes) {
    Trust trust = Trust.of(Samples.ANCHORS);
    return new Attack(name, rule, place, bytes, trust, Samples.NOW, Kind.PACKAGE);
  }

  /// The archive as forged, with a good signature: what a malicious vendor can do.
  static Attack signed(String name, RuleId rule, String place, byte[] unsigned) {
    return of(name, rule, place, Samples.signedAnyway(unsigned));
  }

  static Attack bundle(String name, RuleId rule, byte[] bundle) {
    return new Attack(
        name, rule, "trust bundle", bundle, Trust.of(Samples.ANCHORS), Samples.NOW, Kind.BUNDLE);
  }

  Attack under(TrustAnchors others) {
    return under(Trust.of(others));
  }

  Attack under(Trust other) {
    return new Attack(name, rule, place, bytes, other, at, kind);
  }

  Attack at(Instant time) {
    return new Attack(name, rule, place, bytes, trust, time, kind);
  }

  Verdict<?> offer() {
    return switch (kind) {
      case PACKAGE ->
          SignedPlugin.check(bytes, trust, at)
              .then(PluginArchive::read)
              .then(LicensedPlugin::check);
      case BUNDLE -> TrustBundle.check(bytes, trust.anchors(), trust.policy(), at);
    };
  }

  @Override
  public String toString() {
    return rule.id() + " " + name;
  }
}
