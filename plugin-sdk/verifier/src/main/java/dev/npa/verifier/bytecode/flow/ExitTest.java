// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.flow;

import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.value.Comparison;
import dev.npa.verifier.bytecode.value.MethodValues;
import dev.npa.verifier.bytecode.value.State;
import dev.npa.verifier.bytecode.value.Value.Number;
import java.util.Optional;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.JumpInsnNode;

/// The conditional jump at the end of a block that leaves a loop on one side: the loop goes on only
/// while `left stay right`.
///
/// @param state before the operands are taken
record ExitTest(int block, State state, Comparison stay, Number left, Number right) {

  static Optional<ExitTest> read(
      PluginMethod method, FlowGraph graph, Loop loop, int block, MethodValues values) {
    int last = graph.block(block).last();
    if (!(method.code().get(last) instanceof JumpInsnNode jump)
        || jump.getOpcode() == Opcodes.GOTO
        || jump.getOpcode() > Opcodes.IF_ICMPLE
        || last + 1 >= method.code().size()) {
      return Optional.empty();
    }
    boolean jumpLeaves = !loop.blocks().get(graph.blockOf(method.target(jump.label)));
    boolean fallLeaves = !loop.blocks().get(graph.blockOf(last + 1));
    if (jumpLeaves == fallLeaves) {
      return Optional.empty();
    }
    Comparison comparison = Comparison.of(jump.getOpcode());
    Comparison stay = jumpLeaves ? comparison.negated() : comparison;
    if (jump.getOpcode() >= Opcodes.IF_ICMPEQ) {
      return values.before(last).map(s -> new ExitTest(block, s, stay, s.number(1), s.number(0)));
    }
    boolean ofLongs =
        last > graph.block(block).first()
            && method.code().get(last - 1).getOpcode() == Opcodes.LCMP;
    return ofLongs
        ? values.before(last - 1).map(s -> new ExitTest(block, s, stay, s.number(1), s.number(0)))
        : values.before(last).map(s -> new ExitTest(block, s, stay, s.number(0), Number.ZERO));
  }

  ExitTest flipped() {
    return new ExitTest(block, state, stay.flipped(), /* left= */ right, /* right= */ left);
  }
}
