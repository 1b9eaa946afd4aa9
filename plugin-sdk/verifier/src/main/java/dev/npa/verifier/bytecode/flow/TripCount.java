// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.flow;

import dev.npa.verifier.bytecode.read.PluginMethod;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/// Proves that a loop counts: `for (int i = 3; i < limit; i += 2)`.
///
/// The proof has four parts. (1) One `iinc` by a constant is the only write to `i` in the loop, and
/// it is in no inner loop. (2) Every way round the loop passes it. (3) Every way round passes a
/// test of `i` that leaves the loop, against a limit that cannot exceed a known number; the limit
/// itself may change from one round to the next. (4) Every way into the loop starts `i` with a
/// constant. Then the rounds are at most `(limit - start) / step + 1`, and with both below 2^20
/// nothing overflows.
final class TripCount {
  private static final int LARGEST = 1 << 20;

  private final PluginMethod method;
  private final FlowGraph graph;
  private final LoopForest forest;
  private final Loop loop;
  private final BitSet backEdges = new BitSet();
  private final Map<Integer, OptionalInt> steps = new HashMap<>();

  private TripCount(PluginMethod method, FlowGraph graph, LoopForest forest, Loop loop) {
    this.method = method;
    this.graph = graph;
    this.forest = forest;
    this.loop = loop;
    loop.backEdges().forEach(backEdges::set);
  }

  /// The most rounds the loop can make, or empty if this is not a counting loop.
  static OptionalLong of(PluginMethod method, FlowGraph graph, LoopForest forest, Loop loop) {
    return new TripCount(method, graph, forest, loop).prove();
  }

  private OptionalLong prove() {
    BitSet blocks = loop.blocks();
    for (int b = blocks.nextSetBit(0); b >= 0; b = blocks.nextSetBit(b + 1)) {
      if (!forest.isDirectlyIn(b, loop)) {
        continue;
      }
      ExitTest test = ExitTest.read(method, graph, loop, b).orElse(ExitTest.NONE);
      OptionalInt step =
          test.equals(ExitTest.NONE)
              ? OptionalInt.empty()
              : steps.computeIfAbsent(test.slot(), this::step);
      if (step.isEmpty() || !test.isReachedBy(step.getAsInt()) || !everyRoundPasses(b)) {
        continue;
      }
      OptionalInt start = start(test.slot(), step.getAsInt() > 0);
      if (start.isPresent() && inRange(start.getAsInt()) && inRange(test.limit())) {
        long distance = ((long) test.limit() - start.getAsInt()) / step.getAsInt();
        return OptionalLong.of(Math.max(0, distance) + 2);
      }
    }
    return OptionalLong.empty();
  }

  private static boolean inRange(int value) {
    return value >= -LARGEST && value <= LARGEST;
  }

  /// The constant by which each round moves `slot`, if parts 1 and 2 hold.
  private OptionalInt step(int slot) {
    OptionalInt step = OptionalInt.empty();
    BitSet blocks = loop.blocks();
    for (int b = blocks.nextSetBit(0); b >= 0; b = blocks.nextSetBit(b + 1)) {
      for (int i = graph.block(b).first(); i <= graph.block(b).last(); i++) {
        AbstractInsnNode insn = method.code().get(i);
        if (!writes(insn, slot)) {
          continue;
        }
        if (step.isPresent()
            || !(insn instanceof IincInsnNode iinc)
            || !forest.isDirectlyIn(b, loop)
            || !everyRoundPasses(b)) {
          return OptionalInt.empty();
        }
        step = OptionalInt.of(iinc.incr);
      }
    }
    return step.isPresent() && step.getAsInt() != 0 ? step : OptionalInt.empty();
  }

  /// Without this block the header reaches no back edge.
  private boolean everyRoundPasses(int block) {
    if (block == loop.header()) {
      return true;
    }
    BitSet seen = new BitSet();
    Deque<Integer> work = new ArrayDeque<>(List.of(loop.header()));
    seen.set(loop.header());
    while (!work.isEmpty()) {
      int at = work.remove();
      if (backEdges.get(at)) {
        return false;
      }
      for (int next : graph.block(at).successors()) {
        if (next != block && loop.blocks().get(next) && !seen.get(next)) {
          seen.set(next);
          work.add(next);
        }
      }
    }
    return true;
  }

  /// The constant that `slot` holds on entry, the one farthest from the limit if there are several.
  private OptionalInt start(int slot, boolean up) {
    OptionalInt start = OptionalInt.empty();
    for (int from : graph.block(loop.header()).predecessors()) {
      if (loop.blocks().get(from)) {
        continue;
      }
      OptionalInt here = lastConstant(slot, graph.block(from));
      if (here.isEmpty()) {
        return here;
      }
      int value = here.getAsInt();
      int other = start.orElse(value);
      start = OptionalInt.of(up ? Math.min(value, other) : Math.max(value, other));
    }
    return start;
  }

  private OptionalInt lastConstant(int slot, FlowGraph.Block block) {
    for (int i = block.last(); i > block.first(); i--) {
      AbstractInsnNode insn = method.code().get(i);
      if (writes(insn, slot)) {
        return insn.getOpcode() == Opcodes.ISTORE
            ? Constants.intValue(method.code().get(i - 1))
            : OptionalInt.empty();
      }
    }
    return OptionalInt.empty();
  }

  private static boolean writes(AbstractInsnNode insn, int slot) {
    return switch (insn) {
      case IincInsnNode iinc -> iinc.var == slot;
      case VarInsnNode store when store.getOpcode() >= Opcodes.ISTORE -> {
        boolean two = store.getOpcode() == Opcodes.LSTORE || store.getOpcode() == Opcodes.DSTORE;
        yield store.var == slot || two && store.var + 1 == slot;
      }
      default -> false;
    };
  }
}
