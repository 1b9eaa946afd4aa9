// SPDX-License-Identifier: MIT
package dev.npa.verifier;

/// One reason why a gate refuses: the rule, the place, what is wrong there and what to do.
public record Refusal(RuleId rule, Location location, String detail, String remedy) {

  /// One stable line: `NPA-B003 dev/example/Plugin.poll(I)I@12 (Plugin.java:40): detail; remedy`.
  @Override
  public String toString() {
    return rule.id() + " " + location + ": " + detail + "; " + remedy;
  }
}
