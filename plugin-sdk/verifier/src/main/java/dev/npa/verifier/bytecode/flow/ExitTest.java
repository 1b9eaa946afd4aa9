// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.flow;

import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.world.Meter;
import java.util.Optional;
import java.util.OptionalInt;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/// The conditional jump at the end of a block that leaves a loop once a counter passes a limit.
///
/// @param slot local variable of the counter
/// @param up whether the loop goes on while the counter is below the limit; else while above
/// @param limit the counter cannot go on beyond this number
record ExitTest(int slot, boolean up, int limit) {
  static final ExitTest NONE = new ExitTest(-1, true, 0);

  /// Whether a counter that moves by `step` gets to the limit.
  boolean isReachedBy(int step) {
    return up ? step > 0 : step < 0;
  }

  static Optional<ExitTest> read(PluginMethod method, FlowGraph graph, Loop loop, int block) {
    int last = graph.block(block).last();
    if (!(method.code().get(last) instanceof JumpInsnNode jump) || last + 1 >= size(method)) {
      return Optional.empty();
    }
    boolean jumpLeaves = !loop.blocks().get(graph.blockOf(method.target(jump.label)));
    boolean fallLeaves = !loop.blocks().get(graph.blockOf(last + 1));
    if (jumpLeaves == fallLeaves) {
      return Optional.empty();
    }
    Reader reader = new Reader(method, graph.block(block).first());
    return reader.test(last, jump.getOpcode(), jumpLeaves);
  }

  private static int size(PluginMethod method) {
    return method.code().size();
  }

  /// Matches the operands of the test backwards, never across the start of the block.
  private record Reader(PluginMethod method, int first) {

    Optional<ExitTest> test(int jump, int opcode, boolean jumpLeaves) {
      if (opcode >= Opcodes.IFLT && opcode <= Opcodes.IFLE) {
        return counter(jump - 1).stream()
            .boxed()
            .flatMap(slot -> of(slot, opcode - Opcodes.IFLT, jumpLeaves, 0).stream())
            .findFirst();
      }
      if (opcode < Opcodes.IF_ICMPLT || opcode > Opcodes.IF_ICMPLE) {
        return Optional.empty();
      }
      Limit limit = limit(jump - 1);
      OptionalInt slot = limit.known() ? counter(limit.start() - 1) : OptionalInt.empty();
      return slot.isEmpty()
          ? Optional.empty()
          : of(slot.getAsInt(), opcode - Opcodes.IF_ICMPLT, jumpLeaves, limit.value())
              .filter(test -> test.up() || limit.exact());
    }

    /// @param comparison 0 `<`, 1 `>=`, 2 `>`, 3 `<=`, the order of the opcodes
    private static Optional<ExitTest> of(int slot, int comparison, boolean leaves, int limit) {
      // "Leave if >=" is "go on if <": the complement is the neighbour in the opcode table.
      int goesOn = leaves ? comparison ^ 1 : comparison;
      boolean up = goesOn == 0 || goesOn == 3;
      return Optional.of(new ExitTest(slot, up, limit));
    }

    private OptionalInt counter(int at) {
      return at >= first
              && method.code().get(at) instanceof VarInsnNode load
              && load.getOpcode() == Opcodes.ILOAD
          ? OptionalInt.of(load.var)
          : OptionalInt.empty();
    }

    /// The largest value that the expression ending at `at` can have.
    private Limit limit(int at) {
      if (at < first) {
        return Limit.UNKNOWN;
      }
      AbstractInsnNode insn = method.code().get(at);
      OptionalInt constant = Constants.intValue(insn);
      if (constant.isPresent()) {
        return new Limit(true, true, constant.getAsInt(), at);
      }
      return switch (insn.getOpcode()) {
        case Opcodes.ARRAYLENGTH -> simple(at - 1, Opcodes.ALOAD, Meter.ARRAY_ELEMENTS);
        case Opcodes.IAND -> masked(at);
        default -> Limit.UNKNOWN;
      };
    }

    private Limit masked(int at) {
      OptionalInt mask =
          at - 1 >= first ? Constants.intValue(method.code().get(at - 1)) : OptionalInt.empty();
      return mask.isPresent() && mask.getAsInt() >= 0
          ? simple(at - 2, Opcodes.ILOAD, mask.getAsInt())
          : Limit.UNKNOWN;
    }

    /// A local variable, or a field of one: expressions whose first instruction is known.
    private Limit simple(int at, int load, int largest) {
      if (at >= first && method.code().get(at).getOpcode() == load) {
        return new Limit(true, false, largest, at);
      }
      boolean field =
          at - 1 >= first
              && method.code().get(at).getOpcode() == Opcodes.GETFIELD
              && method.code().get(at - 1).getOpcode() == Opcodes.ALOAD;
      return field ? new Limit(true, false, largest, at - 1) : Limit.UNKNOWN;
    }
  }

  /// @param exact whether the limit is the value, not only above it
  private record Limit(boolean known, boolean exact, int value, int start) {
    static final Limit UNKNOWN = new Limit(false, false, 0, 0);
  }
}
