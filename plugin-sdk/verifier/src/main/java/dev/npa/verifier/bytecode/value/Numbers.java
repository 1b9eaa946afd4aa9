// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.value.Value.Number;
import dev.npa.verifier.bytecode.value.Value.Opaque;
import org.objectweb.asm.Opcodes;

/// The instructions that compute, compare and convert numbers.
final class Numbers {
  private Numbers() {}

  static void execute(State state, int opcode) {
    switch (opcode) {
      case Opcodes.I2L -> widen(state);
      case Opcodes.L2I -> narrow(state, Integer.SIZE);
      case Opcodes.I2B -> narrow(state, Byte.SIZE);
      case Opcodes.I2S -> narrow(state, Short.SIZE);
      case Opcodes.I2C -> {
        Number number = state.popNumber();
        state.push(converted(state, number, Arithmetic.toChar(number.range())));
      }
      case Opcodes.INEG, Opcodes.LNEG -> {
        Number number = state.popNumber();
        state.push(Number.of(number.width(), Arithmetic.negate(number.width(), number.range())));
      }
      case Opcodes.F2I, Opcodes.D2I -> replace(state, Number.ANY_INT);
      case Opcodes.F2L, Opcodes.D2L -> replace(state, Number.ANY_LONG);
      case Opcodes.I2F, Opcodes.L2F, Opcodes.D2F, Opcodes.FNEG -> replace(state, Opaque.ONE_SLOT);
      case Opcodes.I2D, Opcodes.L2D, Opcodes.F2D, Opcodes.DNEG -> replace(state, Opaque.TWO_SLOTS);
      case Opcodes.LCMP, Opcodes.FCMPL, Opcodes.FCMPG, Opcodes.DCMPL, Opcodes.DCMPG -> {
        state.pop();
        replace(state, Number.of(Width.INT, Interval.of(-1, 1)));
      }
      case Opcodes.FADD, Opcodes.FSUB, Opcodes.FMUL, Opcodes.FDIV, Opcodes.FREM -> {
        state.pop();
        replace(state, Opaque.ONE_SLOT);
      }
      case Opcodes.DADD, Opcodes.DSUB, Opcodes.DMUL, Opcodes.DDIV, Opcodes.DREM -> {
        state.pop();
        replace(state, Opaque.TWO_SLOTS);
      }
      default -> binary(state, opcode);
    }
  }

  private static void replace(State state, Value value) {
    state.pop();
    state.push(value);
  }

  private static void widen(State state) {
    Number number = state.popNumber();
    state.push(Number.of(Width.LONG, number.range()).withAtMost(state.bound(number)));
  }

  private static void narrow(State state, int bits) {
    Number number = state.popNumber();
    state.push(converted(state, number, Arithmetic.narrow(number.range(), bits)));
  }

  /// A conversion to int that may leave the number as it is.
  private static Number converted(State state, Number number, Interval range) {
    if (!range.equals(number.range())) {
      return Number.of(Width.INT, range);
    }
    return number.width() == Width.INT
        ? number
        : Number.of(Width.INT, range).withAtMost(state.bound(number));
  }

  static void binary(State state, int opcode) {
    Number b = state.popNumber();
    Number a = state.popNumber();
    state.push(binary(state, opcode, a, b));
  }

  private static Number binary(State state, int opcode, Number a, Number b) {
    Width width = a.width();
    Interval x = a.range();
    Interval y = b.range();
    return switch (opcode) {
      case Opcodes.IADD, Opcodes.LADD -> sum(a, b, Arithmetic.add(width, x, y));
      case Opcodes.ISUB, Opcodes.LSUB -> difference(a, b, Arithmetic.subtract(width, x, y));
      case Opcodes.IMUL, Opcodes.LMUL -> Number.of(width, Arithmetic.multiply(width, x, y));
      case Opcodes.IDIV, Opcodes.LDIV ->
          Number.of(width, Arithmetic.divide(width, x, y.without(0)))
              .withAtMost(x.min() >= 0 && y.min() >= 0 ? state.bound(a) : Term.NONE);
      case Opcodes.IREM, Opcodes.LREM ->
          Number.of(width, Arithmetic.remainder(width, x, y))
              .withAtMost(y.min() > 0 ? state.bound(b).plus(-1) : Term.NONE);
      case Opcodes.ISHL, Opcodes.LSHL -> Number.of(width, Arithmetic.shiftLeft(width, x, y));
      case Opcodes.ISHR, Opcodes.LSHR ->
          Number.of(width, Arithmetic.shiftRight(width, x, y))
              .withAtMost(x.min() >= 0 ? state.bound(a) : Term.NONE);
      case Opcodes.IUSHR, Opcodes.LUSHR ->
          Number.of(width, Arithmetic.shiftRightUnsigned(width, x, y))
              .withAtMost(x.min() >= 0 ? state.bound(a) : Term.NONE);
      case Opcodes.IAND, Opcodes.LAND ->
          Number.of(width, Arithmetic.and(width, x, y)).withAtMost(masked(state, a, b));
      case Opcodes.IOR, Opcodes.LOR -> Number.of(width, Arithmetic.or(width, x, y));
      case Opcodes.IXOR, Opcodes.LXOR -> Number.of(width, Arithmetic.xor(width, x, y));
      default -> throw new IllTyped("not arithmetic on integers");
    };
  }

  private static Number sum(Number a, Number b, Interval range) {
    if (b.range().isConstant()) {
      return moved(a, b.range().min(), range);
    }
    return a.range().isConstant() ? moved(b, a.range().min(), range) : Number.of(a.width(), range);
  }

  private static Number difference(Number a, Number b, Interval range) {
    return b.range().isConstant() && b.range().min() != Long.MIN_VALUE
        ? moved(a, -b.range().min(), range)
        : Number.of(a.width(), range);
  }

  private static Number moved(Number number, long offset, Interval range) {
    Term atMost = number.moves(offset) ? number.atMost().plus(offset) : Term.NONE;
    return new Number(number.width(), range, number.equal().plus(offset), atMost);
  }

  /// `x & y` is at most `y` if `y` is not negative.
  private static Term masked(State state, Number a, Number b) {
    Term byMask = b.range().min() >= 0 ? state.bound(b) : Term.NONE;
    return byMask.isKnown() || a.range().min() < 0 ? byMask : state.bound(a);
  }
}
