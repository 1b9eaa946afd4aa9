// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import org.objectweb.asm.Opcodes;

/// The six ways in which conditional jumps compare, in the order of their opcodes.
public enum Comparison {
  EQUAL,
  NOT_EQUAL,
  LESS,
  AT_LEAST,
  MORE,
  AT_MOST;

  private static final Comparison[] ALL = values();

  /// What `if<cond>`, `if_icmp<cond>` or `if_acmp<cond>` jumps on; `ifnull` counts as equal.
  public static Comparison of(int opcode) {
    return switch (opcode) {
      case Opcodes.IFNULL, Opcodes.IF_ACMPEQ -> EQUAL;
      case Opcodes.IFNONNULL, Opcodes.IF_ACMPNE -> NOT_EQUAL;
      default ->
          ALL[opcode < Opcodes.IF_ICMPEQ ? opcode - Opcodes.IFEQ : opcode - Opcodes.IF_ICMPEQ];
    };
  }

  public Comparison negated() {
    return ALL[ordinal() ^ 1];
  }

  /// The same with left and right exchanged.
  public Comparison flipped() {
    return switch (this) {
      case EQUAL, NOT_EQUAL -> this;
      case LESS -> MORE;
      case AT_LEAST -> AT_MOST;
      case MORE -> LESS;
      case AT_MOST -> AT_LEAST;
    };
  }

  /// The numbers of `left` for which this can hold with some number of `right`.
  Interval keep(Interval left, Interval right) {
    if (left.isEmpty() || right.isEmpty()) {
      return Interval.EMPTY;
    }
    return switch (this) {
      case EQUAL -> left.meet(right);
      case NOT_EQUAL -> right.isConstant() ? left.without(right.min()) : left;
      case LESS -> below(left, right);
      case AT_MOST -> left.meet(Interval.of(Long.MIN_VALUE, right.max()));
      case MORE -> above(left, right);
      case AT_LEAST -> left.meet(Interval.of(right.min(), Long.MAX_VALUE));
    };
  }

  private static Interval below(Interval left, Interval right) {
    return right.max() == Long.MIN_VALUE
        ? Interval.EMPTY
        : left.meet(Interval.of(Long.MIN_VALUE, right.max() - 1));
  }

  private static Interval above(Interval left, Interval right) {
    return right.min() == Long.MAX_VALUE
        ? Interval.EMPTY
        : left.meet(Interval.of(right.min() + 1, Long.MAX_VALUE));
  }
}
