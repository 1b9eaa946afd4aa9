// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import dev.npa.verifier.packaging.Samples;
import dev.npa.verifier.trust.TrustAnchors;
import java.time.Instant;

/// Bytes that the gate must refuse, by which rule, and where.
///
/// @param place what the location of the first refusal contains
record Attack(
    String name, RuleId rule, String place, byte[] bytes, TrustAnchors anchors, Instant at) {

  static Attack of(String name, RuleId rule, String place, byte[] bytes) {
    return new Attack(name, rule, place, bytes, Samples.ANCHORS, Samples.NOW);
  }

  /// The archive as forged, with a good signature: what a malicious vendor can do.
  static Attack signed(String name, RuleId rule, String place, byte[] unsigned) {
    return of(name, rule, place, Samples.signedAnyway(unsigned));
  }

  Attack under(TrustAnchors others) {
    return new Attack(name, rule, place, bytes, others, at);
  }

  Attack at(Instant time) {
    return new Attack(name, rule, place, bytes, anchors, time);
  }

  Verdict<LicensedPlugin> offer() {
    return SignedPlugin.check(bytes, anchors, at)
        .then(PluginArchive::read)
        .then(LicensedPlugin::check);
  }

  @Override
  public String toString() {
    return rule.id() + " " + name;
  }
}
