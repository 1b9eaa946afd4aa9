// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.value.Value.Number;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.objectweb.asm.Opcodes;

/// Where growing numbers are likely to stop: what the code compares with, and the ends of types.
/// Which ones are chosen decides how much is found out, never whether it is true.
final class Thresholds {
  private static final int MOST = 64;
  private static final long[] USUAL = {
    Long.MIN_VALUE, Integer.MIN_VALUE, -1, 0, 1, Integer.MAX_VALUE, Long.MAX_VALUE
  };

  private final long[] stops;

  private Thresholds(SortedSet<Long> stops) {
    this.stops = stops.stream().mapToLong(Long::longValue).toArray();
  }

  private Thresholds(long[] sorted) {
    this.stops = sorted;
  }

  /// For what grows within a method: its comparisons, and the constants in its locals.
  static Thresholds within(Code code) {
    SortedSet<Long> stops = usual();
    addComparisons(stops, code);
    for (int i = 1; i < code.size() && stops.size() < MOST; i++) {
      if (code.opcode(i) == Opcodes.ISTORE || code.opcode(i) == Opcodes.LSTORE) {
        addConstant(stops, code, i - 1);
      }
    }
    return new Thresholds(stops);
  }

  /// The same, and what the method is called with.
  Thresholds with(List<Value> arguments) {
    long[] more = Arrays.copyOf(stops, stops.length + 2 * arguments.size());
    int count = stops.length;
    for (Value argument : arguments) {
      if (argument instanceof Number number) {
        more[count] = number.range().min();
        more[count + 1] = number.range().max();
        count += 2;
      }
    }
    if (count == stops.length) {
      return this;
    }
    Arrays.sort(more, 0, count);
    return new Thresholds(Arrays.copyOf(more, count));
  }

  /// For what grows from method to method: the comparisons of those who are told.
  static Thresholds of(Collection<Code> methods) {
    SortedSet<Long> stops = usual();
    methods.forEach(code -> addComparisons(stops, code));
    return new Thresholds(stops);
  }

  private static SortedSet<Long> usual() {
    SortedSet<Long> stops = new TreeSet<>();
    for (long stop : USUAL) {
      stops.add(stop);
    }
    return stops;
  }

  /// A constant is pushed just before the comparison, or before the one other operand.
  private static void addComparisons(SortedSet<Long> stops, Code code) {
    for (int i = 1; i < code.size() && stops.size() < MOST; i++) {
      int opcode = code.opcode(i);
      if (opcode >= Opcodes.IF_ICMPEQ && opcode <= Opcodes.IF_ICMPLE || opcode == Opcodes.LCMP) {
        addConstant(stops, code, i - 1);
        addConstant(stops, code, i - 2);
      }
    }
  }

  private static void addConstant(SortedSet<Long> stops, Code code, int index) {
    if (code.isConstant(index) && code.constant(index) instanceof Number number) {
      stops.add(number.range().min() - 1);
      stops.add(number.range().min());
    }
  }

  Interval widen(Interval old, Interval grown, Width width) {
    long min = grown.min() < old.min() ? Math.max(floor(grown.min()), width.min()) : old.min();
    long max = grown.max() > old.max() ? Math.min(ceiling(grown.max()), width.max()) : old.max();
    return Interval.of(min, max, grown.bits().withoutLeading());
  }

  /// The largest stop that is not above; there is one at each end of the longs.
  private long floor(long number) {
    int index = Arrays.binarySearch(stops, number);
    return stops[index < 0 ? -index - 2 : index];
  }

  private long ceiling(long number) {
    int index = Arrays.binarySearch(stops, number);
    return stops[index < 0 ? -index - 1 : index];
  }
}
