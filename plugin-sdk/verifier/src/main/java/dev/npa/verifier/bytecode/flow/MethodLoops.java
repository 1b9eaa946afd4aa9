// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.flow;

import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.value.MethodValues;
import dev.npa.verifier.bytecode.world.Meter;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/// The loops of one method, and how often each can run.
final class MethodLoops {
  private static final int NONE = -1;

  private final PluginMethod method;
  private final FlowGraph graph;
  private final LoopForest forest;
  private final List<Trips> trips = new ArrayList<>();

  MethodLoops(MethodControl control) {
    this.method = control.method();
    this.graph = control.graph();
    this.forest = control.forest();
  }

  void count(MethodValues values) {
    if (forest.loops().isEmpty()) {
      return;
    }
    LoopOrder order = LoopOrder.of(graph);
    for (Loop loop : forest.loops()) {
      // The fuel counts down, too. That a loop ends with it is no news, and no reason to report.
      int fuel = isCharged(loop) ? ((VarInsnNode) method.code().get(1)).var : NONE;
      trips.add(new TripCount(method, graph, forest, loop, order, values, fuel).prove());
    }
  }

  PluginMethod method() {
    return method;
  }

  FlowGraph graph() {
    return graph;
  }

  LoopForest forest() {
    return forest;
  }

  Trips trips(Loop loop) {
    return trips.isEmpty() ? Trips.Unknown.NOT_ASKED : trips.get(loop.index());
  }

  /// Whether each way round ends as the rewriter's charge does: `iload fuel; ifgt header`, with the
  /// fuel in the local that the method fills first. Such a loop is held to be metered, and the
  /// rules check that it is.
  boolean isCharged(Loop loop) {
    return method.code().size() > 1
        && method.code().get(1) instanceof VarInsnNode fuel
        && fuel.getOpcode() == Opcodes.ISTORE
        && isFuel(method.code().get(0))
        && loop.backEdges().stream().allMatch(from -> isCharge(graph.block(from), fuel.var));
  }

  private static boolean isFuel(AbstractInsnNode insn) {
    return insn instanceof FieldInsnNode field
            && field.getOpcode() == Opcodes.GETSTATIC
            && field.name.equals(Meter.FUEL_FIELD)
            && field.owner.endsWith(Meter.SUFFIX)
        || Constants.intValue(insn).orElse(0) == Meter.FUEL;
  }

  private boolean isCharge(FlowGraph.Block block, int fuel) {
    return block.last() > block.first()
        && method.code().get(block.last()).getOpcode() == Opcodes.IFGT
        && method.code().get(block.last() - 1) instanceof VarInsnNode load
        && load.getOpcode() == Opcodes.ILOAD
        && load.var == fuel;
  }
}
