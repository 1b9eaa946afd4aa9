// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.value.Value.Number;
import dev.npa.verifier.bytecode.value.Value.Opaque;
import dev.npa.verifier.bytecode.value.Value.Reference;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/// What happens to the equations and bounds in a value when a symbol changes its meaning.
final class Relations {
  private Relations() {}

  /// Without relations to symbols that changed, or to paths through them.
  static Value without(Value value, Symbols symbols, IntPredicate changed) {
    return mapped(
        value, term -> term.isKnown() && symbols.passes(term.symbol(), changed) ? Term.NONE : term);
  }

  /// After the symbol's own number moved by `-offset`: relations to it move against it.
  static Value shifted(Value value, int symbol, long offset) {
    return mapped(value, term -> term.symbol() == symbol ? term.plus(offset) : term);
  }

  private static Value mapped(Value value, UnaryOperator<Term> change) {
    return switch (value) {
      case Number number -> mapped(number, change);
      case Reference reference when hasNone(reference) -> reference;
      case Reference reference -> {
        Term equal = change.apply(reference.equal());
        Number length = mapped(reference.length(), change);
        yield equal.equals(reference.equal()) && length.equals(reference.length())
            ? reference
            : reference.withEqual(equal).withLength(length);
      }
      case Opaque opaque -> opaque;
    };
  }

  private static boolean hasNone(Reference reference) {
    return !reference.equal().isKnown()
        && !reference.length().equal().isKnown()
        && !reference.length().atMost().isKnown();
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
