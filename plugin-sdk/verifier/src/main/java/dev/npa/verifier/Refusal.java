// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import java.util.Objects;

/// One reason why a gate refuses: the rule, the place, what is wrong there and what to do.
///
/// Whatever a package put into the texts is printable ASCII here, and not long.
///
/// @param evidence what the bytecode gate can show beside that; [Evidence#NONE] from other gates
public record Refusal(
    RuleId rule, Location location, String detail, String remedy, Evidence evidence) {

  public Refusal {
    Objects.requireNonNull(rule);
    Objects.requireNonNull(location);
    Objects.requireNonNull(evidence);
    detail = Printable.brief(detail);
    remedy = Printable.brief(remedy);
  }

  /// A refusal with nothing to show beside its place.
  public Refusal(RuleId rule, Location location, String detail, String remedy) {
    this(rule, location, detail, remedy, Evidence.NONE);
  }

  public Refusal with(Evidence shown) {
    return new Refusal(rule, location, detail, remedy, shown);
  }

  /// One stable line: `NPA-B003 dev/example/Plugin.poll(I)I@12 (Plugin.java:40): detail; remedy`.
  @Override
  public String toString() {
    return rule.id() + " " + location + ": " + detail + "; " + remedy;
  }
}
