// SPDX-License-Identifier: MIT
package dev.npa.verifier;

/// Carries one refusal out of a parser that cannot go on; every stage turns it into a verdict, none
/// lets it out.
final class RuleBroken extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  RuleBroken(Refusal refusal) {
    super(refusal.toString(), null, false, false);
    this.refusal = refusal;
  }

  RuleBroken(RuleId rule, Location location, String detail, String remedy) {
    this(new Refusal(rule, location, Printable.text(detail), remedy));
  }

  Refusal refusal() {
    return refusal;
  }
}
