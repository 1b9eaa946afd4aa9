// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.flow.FlowGraph;
import dev.npa.verifier.bytecode.flow.MethodControl;
import dev.npa.verifier.bytecode.read.Refusals;

/// Every instruction can be reached from the start of its method; handlers, which are refused, are
/// not counted as a way.
final class UnreachableCode implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B033_UNREACHABLE_CODE;
  }

  @Override
  public void check(Subject subject, Refusals out) {
    for (MethodControl flow : subject.control().methods()) {
      for (int b = 0; b < flow.graph().blocks().size(); b++) {
        FlowGraph.Block block = flow.graph().block(b);
        if (!flow.graph().isReachable(b)) {
          boolean handled = !flow.method().node().tryCatchBlocks.isEmpty();
          out.add(
              handled ? Cause.handler(flow.method()) : id().id(),
              id(),
              flow.method().at(block.first()),
              "code that nothing leads to",
              "remove exception handlers, or ship the output of javac");
        }
      }
    }
  }
}
