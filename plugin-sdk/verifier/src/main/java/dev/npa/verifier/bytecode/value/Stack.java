// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import org.objectweb.asm.Opcodes;

/// The instructions that only move values on the operand stack. The stack here counts values, the
/// JVM's counts slots.
final class Stack {
  private Stack() {}

  static void shuffle(State state, int opcode) {
    switch (opcode) {
      case Opcodes.POP -> state.pop();
      case Opcodes.POP2 -> pop(state, 2);
      case Opcodes.DUP -> duplicate(state, 1, 0);
      case Opcodes.DUP_X1 -> duplicate(state, 1, 1);
      case Opcodes.DUP_X2 -> duplicate(state, 1, 2);
      case Opcodes.DUP2 -> duplicate(state, 2, 0);
      case Opcodes.DUP2_X1 -> duplicate(state, 2, 1);
      case Opcodes.DUP2_X2 -> duplicate(state, 2, 2);
      default -> {
        Value first = state.pop();
        Value second = state.pop();
        state.push(first);
        state.push(second);
      }
    }
  }

  /// Puts a copy of the top `slots` below the `under` slots that are under them.
  private static void duplicate(State state, int slots, int under) {
    Value[] copied = pop(state, slots);
    Value[] passed = pop(state, under);
    push(state, copied);
    push(state, passed);
    push(state, copied);
  }

  /// Values that take this many slots, the deepest first.
  private static Value[] pop(State state, int slots) {
    if (slots == 0) {
      return new Value[0];
    }
    Value top = state.pop();
    if (slots == 1 || top.isWide()) {
      return new Value[] {top};
    }
    return new Value[] {state.pop(), top};
  }

  private static void push(State state, Value[] values) {
    for (Value value : values) {
      state.push(value);
    }
  }
}
