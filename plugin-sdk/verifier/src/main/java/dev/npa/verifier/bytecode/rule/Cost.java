// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.flow.MethodFlow;
import dev.npa.verifier.bytecode.read.Refusals;

/// What a method can execute between two charges of fuel is at most 2^24 bytecodes. Fan-out is how
/// a plugin without loops would run for a day: each method calls the next a thousand times.
final class Cost implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B041_COST;
  }

  private static final long BYTECODES = 1 << 24;

  @Override
  public void check(Subject subject, Refusals out) {
    for (MethodFlow flow : subject.flow().methods()) {
      if (flow.cost() > BYTECODES) {
        out.add(
            id(),
            flow.method().here(),
            "up to " + flow.cost() + " bytecodes in one call, more than " + BYTECODES,
            "call fewer methods, or call them in a loop, which is metered");
      }
    }
  }
}
