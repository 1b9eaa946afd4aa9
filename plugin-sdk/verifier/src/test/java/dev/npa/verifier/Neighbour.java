// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import dev.npa.verifier.trust.Trust;
import java.time.Instant;

/// What comes as near to breaking a rule as it may, and must be accepted: the other side of an
/// [Attack].
///
/// @param offer the bytes, offered in the way that an attack is
record Neighbour(Attack offer) {

  static Neighbour of(RuleId rule, String name, byte[] bytes) {
    return new Neighbour(Attack.of(name, rule, "", bytes));
  }

  static Neighbour bundle(RuleId rule, String name, byte[] bundle) {
    return new Neighbour(Attack.bundle(name, rule, bundle));
  }

  Neighbour under(Trust trust) {
    return new Neighbour(offer.under(trust));
  }

  Neighbour at(Instant time) {
    return new Neighbour(offer.at(time));
  }

  RuleId rule() {
    return offer.rule();
  }

  @Override
  public String toString() {
    return offer.toString();
  }
}
