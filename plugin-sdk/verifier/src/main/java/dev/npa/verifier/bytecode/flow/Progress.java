// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.flow;

import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.value.MethodValues;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/// By how much a local moves in one round of a loop, whichever way control takes: between the
/// shortest and the longest path, if each edge is as long as the local moves on it.
///
/// @param perRound from the header back to the header
/// @param anywhere from the header to any place in the loop
/// @param before from the header to the end of each block that is directly in the loop
record Progress(Span perRound, Span anywhere, Map<Integer, Span> before) {

  /// From `min` to `max`.
  record Span(long min, long max) {
    static final Span ZERO = new Span(0, 0);

    Span plus(long step) {
      return new Span(min + step, max + step);
    }

    Span join(Span other) {
      return new Span(Math.min(min, other.min), Math.max(max, other.max));
    }
  }

  /// Empty if something else than steps by constants happens to the local, or a step in an inner
  /// loop.
  static Optional<Progress> of(
      PluginMethod method,
      FlowGraph graph,
      LoopOrder order,
      LoopForest forest,
      Loop loop,
      MethodValues values,
      int slot) {
    return new Measuring(method, graph, forest, loop, values, slot).measure(order.blocks(loop));
  }

  private record Measuring(
      PluginMethod method,
      FlowGraph graph,
      LoopForest forest,
      Loop loop,
      MethodValues values,
      int slot) {

    /// Blocks of the loop in an order in which only edges back go backwards.
    Optional<Progress> measure(List<Integer> order) {
      Map<Integer, Span> entering = new HashMap<>();
      Map<Integer, Span> leaving = new HashMap<>();
      entering.put(loop.header(), Span.ZERO);
      Span anywhere = Span.ZERO;
      for (int block : order) {
        if (!entering.containsKey(block)) {
          continue;
        }
        Span at = entering.get(block);
        for (int i = graph.block(block).first(); i <= graph.block(block).last(); i++) {
          if (!writes(method.code().get(i), slot)) {
            continue;
          }
          OptionalLong step = forest.isDirectlyIn(block, loop) ? step(i) : OptionalLong.empty();
          if (step.isEmpty()) {
            return Optional.empty();
          }
          at = at.plus(step.getAsLong());
          anywhere = anywhere.join(at);
        }
        leaving.put(block, at);
        for (int next : graph.block(block).successors()) {
          if (loop.blocks().get(next) && next != loop.header()) {
            entering.merge(next, at, Span::join);
          }
        }
      }
      Span round =
          loop.backEdges().stream()
              .map(from -> leaving.getOrDefault(from, Span.ZERO))
              .reduce(Span::join)
              .orElse(Span.ZERO);
      return Optional.of(new Progress(round, anywhere, leaving));
    }

    private OptionalLong step(int instruction) {
      AbstractInsnNode insn = method.code().get(instruction);
      if (insn instanceof IincInsnNode iinc) {
        return OptionalLong.of(iinc.incr);
      }
      boolean whole = insn instanceof VarInsnNode store && store.var == slot;
      return whole
          ? values.before(instruction).map(state -> state.distance(slot)).orElse(UNREACHABLE)
          : OptionalLong.empty();
    }
  }

  /// A write that is never reached moves nothing.
  private static final OptionalLong UNREACHABLE = OptionalLong.of(0);

  static boolean writes(AbstractInsnNode insn, int slot) {
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
