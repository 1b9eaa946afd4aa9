// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.flow;

import dev.npa.verifier.bytecode.read.PluginMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.objectweb.asm.tree.AbstractInsnNode;

/// Decides for each loop of a method why it ends, innermost first, and adds up what a call costs.
///
/// A loop that counts stays free of metering only while all its rounds together are cheap:
/// otherwise a nest of counting loops would be proved to end after a day.
final class MethodCost {
  /// What the proved loops of one method may cost together, in bytecodes.
  private static final long PROVED = 1 << 19;

  /// If they cost more, only those that are this cheap stay unmetered.
  private static final long CHEAP = 1 << 12;

  /// Costs saturate here; far above every limit, far below overflow.
  static final long HUGE = 1L << 40;

  private final PluginMethod method;
  private final FlowGraph graph;
  private final LoopForest forest;
  private final CostModel model;
  private final CalleeCost callees;

  /// What the own method called by an instruction costs; empty if the instruction calls none.
  interface CalleeCost {
    OptionalLong of(AbstractInsnNode insn);
  }

  MethodCost(PluginMethod method, CostModel model, CalleeCost callees) {
    this.method = method;
    this.graph = FlowGraph.of(method);
    this.forest = LoopForest.of(graph);
    this.model = model;
    this.callees = callees;
  }

  MethodFlow compute() {
    MethodFlow all = compute(PROVED);
    return all.cost() <= PROVED ? all : compute(CHEAP);
  }

  private MethodFlow compute(long largestLoop) {
    List<LoopBound> bounds = new ArrayList<>();
    long[] total = new long[forest.loops().size()];
    long[] direct = directCosts();
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
    return new MethodFlow(method, graph, forest, bounds, cost);
  }

  private LoopBound bound(Loop loop, long round, long largest) {
    OptionalLong rounds = TripCount.of(method, graph, forest, loop);
    return rounds.isPresent() && rounds.getAsLong() * round <= largest
        ? new LoopBound.Proved(rounds.getAsLong())
        : new LoopBound.Metered(round);
  }

  /// Cost of the blocks directly in each loop; the last element is for those in no loop.
  private long[] directCosts() {
    long[] direct = new long[forest.loops().size() + 1];
    for (int b = 0; b < graph.blocks().size(); b++) {
      int loop = forest.innermostIndex(b);
      direct[loop] = capped(direct[loop] + blockCost(graph.block(b)));
    }
    return direct;
  }

  private long blockCost(FlowGraph.Block block) {
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
