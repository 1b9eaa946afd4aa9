// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.flow.MethodControl;
import dev.npa.verifier.bytecode.read.Refusals;

/// Loops of one method nest at most four deep; deeper nests are slow to compile.
final class LoopDepth implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B040_LOOP_DEPTH;
  }

  private static final int DEPTH = 4;

  @Override
  public void check(Subject subject, Refusals out) {
    for (MethodControl flow : subject.control().methods()) {
      int depth = flow.forest().depth();
      if (depth > DEPTH) {
        out.add(
            id(),
            flow.method().here(),
            "loops nest " + depth + " deep, more than " + DEPTH,
            "move inner loops into a method");
      }
    }
  }
}
