// SPDX-License-Identifier: MIT
package dev.npa.verifier.stage;

import dev.npa.verifier.Location;
import dev.npa.verifier.Printable;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.Verdict;

/// Turns what a stage throws into a refusal: a gate that cannot decide must refuse.
public final class Undecided {

  private Undecided() {}

  /// A stage, or a part of it, that refuses by throwing.
  public interface Step<T> {
    Verdict<T> run() throws RuleBroken;
  }

  /// @param otherwise the rule to refuse by where a library throws something that nobody foresaw
  public static <T> Verdict<T> refuse(RuleId otherwise, Location location, Step<T> step) {
    try {
      return step.run();
    } catch (RuleBroken e) {
      return Verdict.refused(e.refusal());
    } catch (RuntimeException | StackOverflowError e) {
      return Verdict.refused(
          new Refusal(
              otherwise,
              location,
              Printable.text("could not be decided: " + e),
              "report this package"));
    }
  }
}
