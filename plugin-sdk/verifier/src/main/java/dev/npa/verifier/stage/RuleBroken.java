// SPDX-License-Identifier: MIT
package dev.npa.verifier.stage;

import dev.npa.verifier.Location;
import dev.npa.verifier.Printable;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;

/// Carries one refusal out of a parser that cannot go on; every stage turns it into a verdict, none
/// lets it out.
public final class RuleBroken extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  public RuleBroken(Refusal refusal) {
    super(refusal.toString(), null, false, false);
    this.refusal = refusal;
  }

  public RuleBroken(RuleId rule, Location location, String detail, String remedy) {
    this(new Refusal(rule, location, Printable.text(detail), remedy));
  }

  public Refusal refusal() {
    return refusal;
  }
}
