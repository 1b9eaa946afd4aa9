// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.value.Value.Number;
import java.util.List;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;

/// What the allowed methods of `Math`, `Integer`, `Long`, `Short` and `Byte` return, from their
/// documentation. Where nothing is said here, anything.
final class NumberMethods {
  private NumberMethods() {}

  static Value result(State state, MethodInsnNode call, List<Value> arguments) {
    Value any = Facts.stored(Type.getReturnType(call.desc));
    if (!(any instanceof Number result) || !(arguments.getFirst() instanceof Number a)) {
      return any;
    }
    return switch (call.name) {
      case "min" -> arguments.get(1) instanceof Number b ? min(state, a, b) : any;
      case "max" -> arguments.get(1) instanceof Number b ? max(a, b) : any;
      case "abs" -> result.withRange(abs(a));
      case "bitCount", "numberOfLeadingZeros", "numberOfTrailingZeros" ->
          result.withRange(Interval.of(0, a.width().bits()));
      case "toUnsignedInt", "toUnsignedLong" -> result.withRange(unsigned(call.desc, a));
      case "remainderUnsigned" ->
          arguments.get(1) instanceof Number b && b.range().min() > 0
              ? result.withRange(Interval.of(0, b.range().max() - 1))
              : any;
      default -> any;
    };
  }

  private static Number min(State state, Number a, Number b) {
    Interval range =
        Interval.of(
            Math.min(a.range().min(), b.range().min()),
            Math.min(a.range().max(), b.range().max()),
            a.range().bits().join(b.range().bits()));
    Term bound = state.bound(b);
    return new Number(a.width(), range, Term.NONE, bound.isKnown() ? bound : state.bound(a));
  }

  private static Number max(Number a, Number b) {
    return Number.of(
        a.width(),
        Interval.of(
            Math.max(a.range().min(), b.range().min()),
            Math.max(a.range().max(), b.range().max()),
            a.range().bits().join(b.range().bits())));
  }

  private static Interval abs(Number a) {
    Interval range = a.range();
    if (range.min() >= 0) {
      return range;
    }
    return range.min() == a.width().min()
        ? Interval.all(a.width())
        : Interval.of(0, Math.max(-range.min(), Math.abs(range.max())));
  }

  private static Interval unsigned(String descriptor, Number a) {
    long largest =
        switch (descriptor.charAt(1)) {
          case 'B' -> 0xFFL;
          case 'S' -> 0xFFFFL;
          default -> 0xFFFF_FFFFL;
        };
    return a.range().min() >= 0 && a.range().max() <= largest
        ? a.range()
        : Interval.of(0, largest, a.range().bits().and(Bits.of(largest)));
  }
}
