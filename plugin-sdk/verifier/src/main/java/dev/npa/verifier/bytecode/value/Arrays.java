// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.value.Value.Number;
import dev.npa.verifier.bytecode.value.Value.Opaque;
import dev.npa.verifier.bytecode.value.Value.Reference;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/// The instructions on arrays. What elements hold is not tracked beyond their type.
final class Arrays {
  private Arrays() {}

  static void length(State state) {
    Reference array = state.popReference();
    state.learnNotNull(array);
    state.push(lengthOf(state, array));
  }

  /// The length with a name: what it was made with, or the length of what the reference names.
  static Number lengthOf(State state, Reference array) {
    Number length = array.length();
    return length.equal().isKnown()
        ? length
        : length.withEqual(
            Term.of(state.symbols().member(array.equal().symbol(), Facts.LENGTH), 0));
  }

  static void load(State state, int opcode) {
    access(state);
    state.push(
        switch (opcode) {
          case Opcodes.LALOAD -> Number.ANY_LONG;
          case Opcodes.FALOAD -> Opaque.ONE_SLOT;
          case Opcodes.DALOAD -> Opaque.TWO_SLOTS;
          case Opcodes.AALOAD -> Reference.ANY;
          case Opcodes.BALOAD -> Facts.stored(Type.BYTE_TYPE);
          case Opcodes.CALOAD -> Facts.stored(Type.CHAR_TYPE);
          case Opcodes.SALOAD -> Facts.stored(Type.SHORT_TYPE);
          default -> Number.ANY_INT;
        });
  }

  static void store(State state, String owner, Effects effects) {
    Calls.letOut(state.pop(), owner, effects);
    access(state);
  }

  private static void access(State state) {
    Number index = state.popNumber();
    Reference array = state.popReference();
    state.learnNotNull(array);
    long longest = array.length().range().max();
    state.learn(index, index.range().meet(Interval.of(0, Math.max(0, longest - 1))));
  }

  /// Whether an access with this index cannot fail.
  static boolean isInside(State state, Reference array, Number index) {
    if (index.range().min() < 0) {
      return false;
    }
    Number length = lengthOf(state, array);
    return index.range().max() < length.range().min()
        || isBelow(state, index.atMost(), length.equal())
        || isBelow(state, state.bound(index), length.equal());
  }

  /// Whether `bound` is below the length, both by the same symbol.
  private static boolean isBelow(State state, Term bound, Term length) {
    return bound.isKnown()
        && bound.symbol() == length.symbol()
        && bound.offset() < length.offset()
        && state.range(length.symbol()).moves(length.offset());
  }
}
