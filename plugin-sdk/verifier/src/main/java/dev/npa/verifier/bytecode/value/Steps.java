// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.value.Value.Number;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;

/// Executes blocks, and tells what is known on each edge out of them.
final class Steps {
  private final PluginMethod method;
  private final Meaning meaning;
  private final Shape shape;

  /// Receives the state with which a block is entered; it may keep the state.
  interface Edge {
    void to(int block, State state);
  }

  Steps(PluginMethod method, Meaning meaning, Shape shape) {
    this.method = method;
    this.meaning = meaning;
    this.shape = shape;
  }

  /// Executes an instruction that is not the last of its block.
  ///
  /// @return whether control can go on
  boolean step(State state, int instruction) {
    return meaning.execute(state, method.code().get(instruction));
  }

  /// Executes a block from the state before it.
  void run(State state, int block, Edge edge) {
    int last = shape.last()[block];
    Compared compared = null;
    for (int i = shape.first()[block]; i < last; i++) {
      if (i == last - 1 && method.code().get(i).getOpcode() == Opcodes.LCMP) {
        compared = new Compared(state.number(1), state.number(0));
      }
      if (!step(state, i)) {
        return;
      }
    }
    leave(state, last, compared, edge);
  }

  /// Operands of the `lcmp` before a jump.
  private record Compared(Number left, Number right) {}

  private void leave(State state, int last, Compared compared, Edge edge) {
    AbstractInsnNode insn = method.code().get(last);
    int opcode = insn.getOpcode();
    switch (insn) {
      case JumpInsnNode jump when opcode == Opcodes.GOTO ->
          go(edge, method.target(jump.label), state);
      case JumpInsnNode jump when opcode == Opcodes.JSR -> throw new IllTyped("jsr");
      case JumpInsnNode jump -> conditional(state, jump, last, compared, edge);
      case TableSwitchInsnNode table -> table(state, table, edge);
      case LookupSwitchInsnNode lookup -> lookup(state, lookup, edge);
      default -> {
        if (opcode == Opcodes.ATHROW || opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
          meaning.leave(state, opcode);
        } else if (meaning.execute(state, insn)) {
          go(edge, last + 1, state);
        }
      }
    }
  }

  private void go(Edge edge, int target, State state) {
    if (target >= shape.blockOf().length) {
      throw new IllTyped("control runs off the end");
    }
    edge.to(shape.blockOf()[target], state);
  }

  private void conditional(State state, JumpInsnNode jump, int last, Compared compared, Edge edge) {
    int opcode = jump.getOpcode();
    Comparison comparison = Comparison.of(opcode);
    State taken;
    State fallen;
    if (opcode == Opcodes.IFNULL || opcode == Opcodes.IFNONNULL) {
      Value value = state.popReference();
      taken = state.copy();
      fallen = state;
      Branch.assumeNull(taken, comparison == Comparison.EQUAL, value);
      Branch.assumeNull(fallen, comparison != Comparison.EQUAL, value);
    } else if (opcode == Opcodes.IF_ACMPEQ || opcode == Opcodes.IF_ACMPNE) {
      state.popReference();
      state.popReference();
      taken = state.copy();
      fallen = state;
    } else {
      Compared operands = operands(state, opcode, compared);
      taken = assume(state.copy(), comparison, operands);
      fallen = assume(state, comparison.negated(), operands);
    }
    if (taken != null) {
      go(edge, method.target(jump.label), taken);
    }
    if (fallen != null) {
      go(edge, last + 1, fallen);
    }
  }

  private static Compared operands(State state, int opcode, Compared compared) {
    Number right = opcode >= Opcodes.IF_ICMPEQ ? state.popNumber() : Number.constant(Width.INT, 0);
    Number left = state.popNumber();
    return compared == null || opcode >= Opcodes.IF_ICMPEQ ? new Compared(left, right) : compared;
  }

  private static State assume(State state, Comparison comparison, Compared operands) {
    return Branch.assume(state, comparison, operands.left(), operands.right()) ? state : null;
  }

  private void table(State state, TableSwitchInsnNode table, Edge edge) {
    Map<Integer, Interval> keys = new TreeMap<>();
    for (int i = 0; i < table.labels.size(); i++) {
      add(keys, table.labels.get(i), (long) table.min + i);
    }
    choose(state, keys, table.dflt, edge);
  }

  private void lookup(State state, LookupSwitchInsnNode lookup, Edge edge) {
    Map<Integer, Interval> keys = new TreeMap<>();
    List<Integer> cases = lookup.keys;
    for (int i = 0; i < cases.size(); i++) {
      add(keys, lookup.labels.get(i), cases.get(i));
    }
    choose(state, keys, lookup.dflt, edge);
  }

  private void add(Map<Integer, Interval> keys, LabelNode label, long key) {
    keys.merge(method.target(label), Interval.constant(key), Interval::join);
  }

  private void choose(State state, Map<Integer, Interval> keys, LabelNode other, Edge edge) {
    Number selector = state.popNumber();
    keys.forEach(
        (target, range) -> {
          State chosen = state.copy();
          if (chosen.learn(selector, selector.range().meet(range))) {
            go(edge, target, chosen);
          }
        });
    go(edge, method.target(other), state);
  }
}
