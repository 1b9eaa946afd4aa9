// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

/// Which bits of a number are known: a bit is that of `value` where `unknown` has 0.
///
/// An int is sign-extended, so its upper half is as known as its sign.
record Bits(long value, long unknown) {
  static final Bits UNKNOWN = new Bits(0, -1);

  Bits {
    if ((value & unknown) != 0) {
      throw new IllegalArgumentException("a bit both known and unknown");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bits that && value == that.value && unknown == that.unknown;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(value ^ 31 * unknown);
  }

  static Bits of(long constant) {
    return new Bits(constant, 0);
  }

  boolean contains(long number) {
    return (number & ~unknown) == value;
  }

  boolean includes(Bits other) {
    return (other.unknown & ~unknown) == 0 && (other.value & ~unknown) == value;
  }

  /// The smallest signed number with these bits.
  long lowest() {
    return value | unknown & Long.MIN_VALUE;
  }

  /// The largest signed number with these bits.
  long highest() {
    return value | unknown & Long.MAX_VALUE;
  }

  /// Known low bits in a row.
  int knownLowBits() {
    return Long.numberOfTrailingZeros(unknown);
  }

  /// Without the known bits above all unknown ones: what those tell, the ends of an interval do. A
  /// number that grows would otherwise grow by one bit at a time.
  Bits withoutLeading() {
    int leading = Long.numberOfLeadingZeros(unknown);
    long lost = leading == 0 ? unknown : unknown | -1L << Long.SIZE - leading;
    return new Bits(value & ~lost, lost);
  }

  Bits join(Bits other) {
    long lost = unknown | other.unknown | value ^ other.value;
    return new Bits(value & ~lost, lost);
  }

  /// What both know; meaningless if they contradict each other.
  Bits meet(Bits other) {
    long left = unknown & other.unknown;
    return new Bits((value | other.value) & ~left, left);
  }

  boolean contradicts(Bits other) {
    return ((value ^ other.value) & ~unknown & ~other.unknown) != 0;
  }

  Bits and(Bits other) {
    long ones = value & other.value;
    return new Bits(ones, (value | unknown) & (other.value | other.unknown) & ~ones);
  }

  Bits or(Bits other) {
    long ones = value | other.value;
    return new Bits(ones, (unknown | other.unknown) & ~ones);
  }

  Bits xor(Bits other) {
    long lost = unknown | other.unknown;
    return new Bits((value ^ other.value) & ~lost, lost);
  }

  /// A carry can change a bit only where some sum of the unknown parts can.
  Bits add(Bits other) {
    long smallest = value + other.value;
    long largest = smallest + unknown + other.unknown;
    long lost = smallest ^ largest | unknown | other.unknown;
    return new Bits(smallest & ~lost, lost);
  }

  Bits subtract(Bits other) {
    long difference = value - other.value;
    long lost = difference + unknown ^ difference - other.unknown | unknown | other.unknown;
    return new Bits(difference & ~lost, lost);
  }

  /// Of a product only the trailing zeros are tracked.
  Bits multiply(Bits other) {
    if (unknown == 0 && other.unknown == 0) {
      return of(value * other.value);
    }
    int zeros =
        Long.numberOfTrailingZeros(value | unknown)
            + Long.numberOfTrailingZeros(other.value | other.unknown);
    return zeros >= Long.SIZE ? of(0) : new Bits(0, -1L << zeros);
  }

  Bits shiftLeft(int distance) {
    return new Bits(value << distance, unknown << distance);
  }

  Bits shiftRight(int distance) {
    return new Bits(value >> distance, unknown >> distance);
  }

  Bits shiftRightUnsigned(int distance) {
    return new Bits(value >>> distance, unknown >>> distance);
  }

  /// The low `size` bits, sign-extended: what a conversion to a smaller type leaves.
  Bits signExtend(int size) {
    int rest = Long.SIZE - size;
    return shiftLeft(rest).shiftRight(rest);
  }
}
