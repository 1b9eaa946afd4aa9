// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.flow.CallGraph;
import dev.npa.verifier.bytecode.read.Refusals;

/// The call graph has no cycle.
final class Recursion implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B036_RECURSION;
  }

  @Override
  public void check(Subject subject, Refusals out) {
    for (CallGraph.Cycle cycle : subject.control().calls().cycles()) {
      out.add(
          id(),
          cycle.caller().at(cycle.call().instruction()),
          "this call of " + cycle.call().callee() + " can lead back here",
          "use a loop");
    }
  }
}
