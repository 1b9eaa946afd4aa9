// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.value.Value.Number;
import org.objectweb.asm.Opcodes;

/// Executes blocks, and tells what is known on each edge out of them.
final class Steps {
  /// Units for an instruction, besides what it does to whole states.
  private static final int STEP = 8;

  private final Code code;
  private final Meaning meaning;
  private final Shape shape;
  private final Budget budget;

  /// Receives the state with which a block is entered; it may keep the state.
  interface Edge {
    void to(int block, State state);
  }

  Steps(Code code, Meaning meaning, Shape shape, Budget budget) {
    this.code = code;
    this.meaning = meaning;
    this.shape = shape;
    this.budget = budget;
  }

  /// Executes an instruction that is not the last of its block.
  ///
  /// @return whether control can go on
  boolean step(State state, int instruction) {
    budget.spend(STEP);
    return meaning.execute(state, instruction);
  }

  /// Executes a block from the state before it.
  void run(State state, int block, Edge edge) {
    int last = shape.last()[block];
    Compared compared = null;
    for (int i = shape.first()[block]; i < last; i++) {
      if (i == last - 1 && code.opcode(i) == Opcodes.LCMP) {
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
    budget.spend(STEP);
    int opcode = code.opcode(last);
    switch (opcode) {
      case Opcodes.GOTO -> go(edge, code.number(last), state);
      case Opcodes.JSR -> throw new IllTyped("jsr");
      case Opcodes.RET -> throw new IllTyped("ret");
      case Opcodes.TABLESWITCH, Opcodes.LOOKUPSWITCH -> choose(state, code.choice(last), edge);
      case Opcodes.IRETURN,
          Opcodes.LRETURN,
          Opcodes.FRETURN,
          Opcodes.DRETURN,
          Opcodes.ARETURN,
          Opcodes.RETURN,
          Opcodes.ATHROW ->
          meaning.leave(state, opcode);
      case Opcodes.IFNULL, Opcodes.IFNONNULL -> nullness(state, last, edge);
      case Opcodes.IF_ACMPEQ, Opcodes.IF_ACMPNE -> {
        state.popReference();
        state.popReference();
        go(edge, code.number(last), state.copy());
        go(edge, last + 1, state);
      }
      default -> {
        if (opcode >= Opcodes.IFEQ && opcode <= Opcodes.IF_ICMPLE) {
          comparing(state, last, compared, edge);
        } else if (meaning.execute(state, last)) {
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

  private void nullness(State state, int last, Edge edge) {
    Value value = state.popReference();
    State taken = state.copy();
    boolean nullTaken = code.opcode(last) == Opcodes.IFNULL;
    Branch.assumeNull(taken, nullTaken, value);
    Branch.assumeNull(state, !nullTaken, value);
    go(edge, code.number(last), taken);
    go(edge, last + 1, state);
  }

  private void comparing(State state, int last, Compared compared, Edge edge) {
    Comparison comparison = Comparison.of(code.opcode(last));
    Compared operands = operands(state, code.opcode(last), compared);
    State taken = state.copy();
    if (assume(taken, comparison, operands)) {
      go(edge, code.number(last), taken);
    }
    if (assume(state, comparison.negated(), operands)) {
      go(edge, last + 1, state);
    }
  }

  private static Compared operands(State state, int opcode, Compared compared) {
    Number right = opcode >= Opcodes.IF_ICMPEQ ? state.popNumber() : Number.ZERO;
    Number left = state.popNumber();
    return compared == null || opcode >= Opcodes.IF_ICMPEQ ? new Compared(left, right) : compared;
  }

  private static boolean assume(State state, Comparison comparison, Compared operands) {
    return Branch.assume(state, comparison, operands.left(), operands.right());
  }

  private void choose(State state, Code.Switch choice, Edge edge) {
    Number selector = state.popNumber();
    choice
        .keys()
        .forEach(
            (target, range) -> {
              State chosen = state.copy();
              if (chosen.learn(selector, selector.range().meet(range))) {
                go(edge, target, chosen);
              }
            });
    go(edge, choice.otherwise(), state);
  }
}
