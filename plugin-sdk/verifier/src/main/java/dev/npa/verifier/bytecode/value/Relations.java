// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.value.Value.Number;
import dev.npa.verifier.bytecode.value.Value.Reference;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/// What happens to the equations and bounds in a value when a symbol changes its meaning.
final class Relations {
  private Relations() {}

  /// Without relations to symbols that changed, or to paths through them.
  static Value without(Value value, IntPredicate changed) {
    return hasNone(value)
        ? value
        : mapped(value, term -> term.isKnown() && changed.test(term.symbol()) ? Term.NONE : term);
  }

  /// After the symbol's own number moved by `-offset`: relations to it move against it.
  static Value shifted(Value value, int symbol, long offset) {
    return hasNone(value)
        ? value
        : mapped(value, term -> term.symbol() == symbol ? term.plus(offset) : term);
  }

  private static Value mapped(Value value, UnaryOperator<Term> change) {
    if (value instanceof Number number) {
      return mapped(number, change);
    }
    if (!(value instanceof Reference reference)) {
      return value;
    }
    Term equal = change.apply(reference.equal());
    Number length = mapped(reference.length(), change);
    return equal.equals(reference.equal()) && length.equals(reference.length())
        ? reference
        : reference.withEqual(equal).withLength(length);
  }

  /// The usual case, and fast.
  private static boolean hasNone(Value value) {
    if (value instanceof Number number) {
      return !number.equal().isKnown() && !number.atMost().isKnown();
    }
    return !(value instanceof Reference reference)
        || !reference.equal().isKnown() && hasNone(reference.length());
  }

  private static Number mapped(Number number, UnaryOperator<Term> change) {
    if (!number.equal().isKnown() && !number.atMost().isKnown()) {
      return number;
    }
    Term equal = change.apply(number.equal());
    Term atMost = change.apply(number.atMost());
    return equal.equals(number.equal()) && atMost.equals(number.atMost())
        ? number
        : number.withEqual(equal).withAtMost(atMost);
  }
}
