// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.flow;

import dev.npa.verifier.bytecode.read.PluginMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;

/// Decides for each loop of a method why it ends, innermost first, and adds up what a call costs.
///
/// A loop that counts stays free of metering only while all its rounds together are cheap:
/// otherwise a nest of counting loops would be proved to end after a day.
final class MethodCost {
  /// Costs saturate here; far above every limit, far below overflow.
  static final long HUGE = 1L << 40;

  private final MethodLoops loops;
  private final CostModel model;
  private final CalleeCost callees;
  private final long[] direct;

  /// What the own method called by an instruction costs; empty if the instruction calls none.
  interface CalleeCost {
    OptionalLong of(AbstractInsnNode insn);
  }

  MethodCost(MethodLoops loops, CostModel model, CalleeCost callees) {
    this.loops = loops;
    this.model = model;
    this.callees = callees;
    this.direct = directCosts();
  }

  /// @param largestLoop what all rounds of a loop may cost together if it is to run unmetered
  MethodFlow compute(long largestLoop) {
    LoopForest forest = loops.forest();
    List<LoopBound> bounds = new ArrayList<>();
    long[] total = new long[forest.loops().size()];
    for (Loop loop : forest.loops()) {
      long round = direct[loop.index()] + model.loop();
      for (Loop child : loop.children()) {
        round = capped(round + total[child.index()]);
      }
      LoopBound bound = bound(loop, round, largestLoop);
      bounds.add(bound);
      total[loop.index()] =
          switch (bound) {
            case LoopBound.Proved proved -> capped(proved.rounds() * round);
            case LoopBound.Metered metered -> round;
          };
    }
    long cost = model.method() + direct[forest.loops().size()];
    for (Loop loop : forest.loops()) {
      if (loop.isOutermost()) {
        cost = capped(cost + total[loop.index()]);
      }
    }
    return new MethodFlow(loops.method(), loops.graph(), forest, bounds, cost);
  }

  private LoopBound bound(Loop loop, long round, long largest) {
    return switch (loops.trips(loop)) {
      case Trips.Unknown unknown -> new LoopBound.Metered(round, unknown.reason());
      case Trips.AtMost known when loops.isCharged(loop) || known.rounds() > largest / round ->
          new LoopBound.Metered(
              round, "at most " + known.rounds() + " rounds, which together may cost too much");
      case Trips.AtMost known -> new LoopBound.Proved(known.rounds());
    };
  }

  /// Cost of the blocks directly in each loop; the last element is for those in no loop. Of the
  /// blocks that end with a throw, which each metered loop has, a call executes one.
  private long[] directCosts() {
    LoopForest forest = loops.forest();
    FlowGraph graph = loops.graph();
    long[] costs = new long[forest.loops().size() + 1];
    long thrown = 0;
    for (int b = 0; b < graph.blocks().size(); b++) {
      FlowGraph.Block block = graph.block(b);
      if (loops.method().code().get(block.last()).getOpcode() == Opcodes.ATHROW) {
        thrown = Math.max(thrown, blockCost(block));
      } else {
        int loop = forest.innermostIndex(b);
        costs[loop] = capped(costs[loop] + blockCost(block));
      }
    }
    costs[forest.loops().size()] = capped(costs[forest.loops().size()] + thrown);
    return costs;
  }

  private long blockCost(FlowGraph.Block block) {
    PluginMethod method = loops.method();
    long cost = 0;
    for (int i = block.first(); i <= block.last(); i++) {
      AbstractInsnNode insn = method.code().get(i);
      OptionalLong callee = callees.of(insn);
      cost += callee.isPresent() ? model.ownCall() + callee.getAsLong() : model.instruction(insn);
    }
    return capped(cost);
  }

  private static long capped(long cost) {
    return Math.min(cost, HUGE);
  }
}
