// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.value.Value.Number;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.objectweb.asm.Opcodes;

/// Where growing numbers are likely to stop: what the code compares with, and the ends of types.
/// Which ones are chosen decides how much is found out, never whether it is true.
final class Thresholds {
  private static final int MOST = 64;
  private static final long[] USUAL = {
    Long.MIN_VALUE, Integer.MIN_VALUE, -1, 0, 1, Integer.MAX_VALUE, Long.MAX_VALUE
  };

  private final TreeSet<Long> stops = new TreeSet<>();

  private Thresholds() {
    for (long stop : USUAL) {
      stops.add(stop);
    }
  }

  /// For what grows within a method: its comparisons, the constants in its locals, and what it is
  /// called with.
  static Thresholds of(Code code, List<Value> arguments) {
    Thresholds thresholds = new Thresholds();
    thresholds.addComparisons(code);
    for (int i = 1; i < code.size() && thresholds.stops.size() < MOST; i++) {
      if (code.opcode(i) == Opcodes.ISTORE || code.opcode(i) == Opcodes.LSTORE) {
        thresholds.addConstant(code, i - 1);
      }
    }
    for (Value argument : arguments) {
      if (argument instanceof Number number) {
        thresholds.stops.add(number.range().min());
        thresholds.stops.add(number.range().max());
      }
    }
    return thresholds;
  }

  /// For what grows from method to method: the comparisons of those who are told.
  static Thresholds of(Collection<Code> methods) {
    Thresholds thresholds = new Thresholds();
    methods.forEach(thresholds::addComparisons);
    return thresholds;
  }

  /// A constant is pushed just before the comparison, or before the one other operand.
  private void addComparisons(Code code) {
    for (int i = 1; i < code.size() && stops.size() < MOST; i++) {
      int opcode = code.opcode(i);
      if (opcode >= Opcodes.IF_ICMPEQ && opcode <= Opcodes.IF_ICMPLE || opcode == Opcodes.LCMP) {
        addConstant(code, i - 1);
        addConstant(code, i - 2);
      }
    }
  }

  private void addConstant(Code code, int index) {
    if (code.isConstant(index) && code.constant(index) instanceof Number number) {
      stops.add(number.range().min() - 1);
      stops.add(number.range().min());
    }
  }

  Interval widen(Interval old, Interval grown, Width width) {
    long min =
        grown.min() < old.min() ? Math.max(stops.floor(grown.min()), width.min()) : old.min();
    long max =
        grown.max() > old.max() ? Math.min(stops.ceiling(grown.max()), width.max()) : old.max();
    return Interval.of(min, max, grown.bits().withoutLeading());
  }
}
