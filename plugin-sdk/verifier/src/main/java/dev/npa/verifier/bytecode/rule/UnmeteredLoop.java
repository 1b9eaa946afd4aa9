// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.flow.FlowGraph;
import dev.npa.verifier.bytecode.flow.Loop;
import dev.npa.verifier.bytecode.flow.LoopBound;
import dev.npa.verifier.bytecode.flow.MethodFlow;
import dev.npa.verifier.bytecode.read.Refusals;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Rewritten code: each way round a loop that is not proved charges at least what a round can cost.
final class UnmeteredLoop implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B044_UNMETERED_LOOP;
  }

  @Override
  public void check(Subject subject, Refusals out) {
    for (MethodFlow flow : subject.flow().methods()) {
      InsertedCode inserted = new InsertedCode(flow, subject.world().meter());
      OptionalInt slot = inserted.fuelSlot();
      for (Loop loop : flow.meteredLoops()) {
        for (int from : loop.backEdges()) {
          FlowGraph.Block block = flow.graph().block(from);
          OptionalLong charged =
              slot.isPresent() ? inserted.charge(block, slot.getAsInt()) : OptionalLong.empty();
          if (charged.isEmpty() || charged.getAsLong() < weight(flow, loop)) {
            out.add(
                id(),
                flow.method().at(block.last()),
                "a round that charges " + charged.orElse(0) + " of " + weight(flow, loop),
                "report this: the rewriter is wrong");
          }
        }
      }
    }
  }

  private static long weight(MethodFlow flow, Loop loop) {
    return switch (flow.bound(loop)) {
      case LoopBound.Metered metered -> metered.weight();
      case LoopBound.Proved proved -> 0;
    };
  }
}
