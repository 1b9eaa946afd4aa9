// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import java.util.OptionalLong;

/// A set of integers: those from `min` to `max` that have the known `bits`. Empty if `min > max`.
///
/// [#of] keeps the two views consistent: bits narrow the ends, common leading bits of the ends
/// become known.
public record Interval(long min, long max, Bits bits) {
  public static final Interval EMPTY = new Interval(1, 0, Bits.UNKNOWN);
  static final Interval INT = of(Integer.MIN_VALUE, Integer.MAX_VALUE);
  static final Interval LONG = of(Long.MIN_VALUE, Long.MAX_VALUE);
  static final Interval BOOLEAN = of(0, 1);

  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof Interval that
            && min == that.min
            && max == that.max
            && bits.equals(that.bits);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(min ^ 31 * max);
  }

  static Interval of(long min, long max) {
    return of(min, max, Bits.UNKNOWN);
  }

  static Interval constant(long value) {
    return new Interval(value, value, Bits.of(value));
  }

  static Interval of(long min, long max, Bits bits) {
    if (min > max) {
      return EMPTY;
    }
    Bits shared = leadingBits(min, max);
    if (shared.contradicts(bits)) {
      return EMPTY;
    }
    Bits both = shared.meet(bits);
    long low = up(Math.max(min, both.lowest()), both);
    long high = down(Math.min(max, both.highest()), both);
    return low > high || low < min || high > max ? EMPTY : new Interval(low, high, both);
  }

  static Interval all(Width width) {
    return width == Width.INT ? INT : LONG;
  }

  public boolean isEmpty() {
    return min > max;
  }

  boolean isConstant() {
    return min == max;
  }

  public boolean contains(long number) {
    return number >= min && number <= max && bits.contains(number);
  }

  boolean includes(Interval other) {
    return other.isEmpty() || min <= other.min && other.max <= max && bits.includes(other.bits);
  }

  /// What all numbers are modulo `divisor`, if that is known.
  public OptionalLong modulo(long divisor) {
    if (isConstant()) {
      return OptionalLong.of(Math.floorMod(min, divisor));
    }
    boolean power = Long.bitCount(divisor) == 1;
    return power && (bits.unknown() & divisor - 1) == 0
        ? OptionalLong.of(bits.value() & divisor - 1)
        : OptionalLong.empty();
  }

  /// The largest power of two that all numbers are multiples of, if it is more than 1.
  public long multipleOf() {
    int zeros = Long.numberOfTrailingZeros(bits.value() | bits.unknown());
    return isConstant() || zeros >= Integer.SIZE ? 1 : 1L << zeros;
  }

  public Interval join(Interval other) {
    if (isEmpty()) {
      return other;
    }
    return other.isEmpty()
        ? this
        : of(Math.min(min, other.min), Math.max(max, other.max), bits.join(other.bits));
  }

  Interval meet(Interval other) {
    return isEmpty() || other.isEmpty() || bits.contradicts(other.bits)
        ? EMPTY
        : of(
            /* min= */ Math.max(min, other.min),
            /* max= */ Math.min(max, other.max),
            bits.meet(other.bits));
  }

  /// The same numbers with the other sign, as far as there is one.
  public Interval negated() {
    long low = Math.max(min, -Long.MAX_VALUE);
    return isEmpty() ? this : of(-Math.max(max, -Long.MAX_VALUE), -low, Bits.of(0).subtract(bits));
  }

  Interval without(long number) {
    if (isEmpty() || number != min && number != max) {
      return this;
    }
    if (isConstant()) {
      return EMPTY;
    }
    return number == min ? of(min + 1, max, bits) : of(min, max - 1, bits);
  }

  private static Bits leadingBits(long min, long max) {
    long differing = min ^ max;
    long unknown = differing == 0 ? 0 : -1L >>> Long.numberOfLeadingZeros(differing);
    return new Bits(min & ~unknown, unknown);
  }

  /// The next number that has the known low bits; smaller than `number` if there is none.
  private static long up(long number, Bits bits) {
    long period = period(bits);
    return number + (bits.value() - number & period - 1);
  }

  private static long down(long number, Bits bits) {
    long period = period(bits);
    return number - (number - bits.value() & period - 1);
  }

  private static long period(Bits bits) {
    return 1L << Math.min(bits.knownLowBits(), Long.SIZE - 2);
  }

  @Override
  public String toString() {
    if (isEmpty()) {
      return "nothing";
    }
    if (isConstant()) {
      return Long.toString(min);
    }
    String range = min + ".." + max;
    return multipleOf() > 1 ? range + " in steps of " + multipleOf() : range;
  }
}
