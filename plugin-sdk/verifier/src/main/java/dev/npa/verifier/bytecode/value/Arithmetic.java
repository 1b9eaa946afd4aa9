// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

/// What the JVM's integer instructions do to intervals (JVMS 6.5). Results that may wrap keep their
/// known low bits and lose everything else.
final class Arithmetic {
  private Arithmetic() {}

  static Interval add(Width width, Interval a, Interval b) {
    Bits bits = a.bits().add(b.bits());
    long min = a.min() + b.min();
    long max = a.max() + b.max();
    boolean wraps = overflows(a.min(), b.min(), min) || overflows(a.max(), b.max(), max);
    return result(width, min, max, wraps, bits);
  }

  private static boolean overflows(long x, long y, long sum) {
    return ((x ^ sum) & (y ^ sum)) < 0;
  }

  static Interval subtract(Width width, Interval a, Interval b) {
    Bits bits = a.bits().subtract(b.bits());
    long min = a.min() - b.max();
    long max = a.max() - b.min();
    boolean wraps =
        ((a.min() ^ b.max()) & (a.min() ^ min)) < 0 || ((a.max() ^ b.min()) & (a.max() ^ max)) < 0;
    return result(width, min, max, wraps, bits);
  }

  static Interval negate(Width width, Interval a) {
    return subtract(width, Interval.constant(0), a);
  }

  static Interval multiply(Width width, Interval a, Interval b) {
    long[] x = {a.min(), a.min(), a.max(), a.max()};
    long[] y = {b.min(), b.max(), b.min(), b.max()};
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    boolean wraps = false;
    for (int i = 0; i < x.length; i++) {
      long product = x[i] * y[i];
      wraps |= Math.multiplyHigh(x[i], y[i]) != product >> Long.SIZE - 1;
      min = Math.min(min, product);
      max = Math.max(max, product);
    }
    return result(width, min, max, wraps, a.bits().multiply(b.bits()));
  }

  /// Of a division that does not throw.
  static Interval divide(Width width, Interval a, Interval b) {
    if (a.isEmpty() || b.isEmpty()) {
      return Interval.all(width);
    }
    if (b.min() <= 0 && b.max() >= 0) {
      if (a.min() == width.min()) {
        return Interval.all(width);
      }
      long largest = Math.max(Math.abs(a.min()), Math.abs(a.max()));
      return Interval.of(-largest, largest);
    }
    if (a.min() == width.min() && b.max() == -1) {
      return Interval.all(width);
    }
    long q1 = a.min() / b.min();
    long q2 = a.min() / b.max();
    long q3 = a.max() / b.min();
    long q4 = a.max() / b.max();
    return Interval.of(
        Math.min(Math.min(q1, q2), Math.min(q3, q4)), Math.max(Math.max(q1, q2), Math.max(q3, q4)));
  }

  /// Of a remainder that does not throw: it has the sign of `a`, and is smaller than `b` and not
  /// larger than `a`.
  static Interval remainder(Width width, Interval a, Interval b) {
    if (a.min() >= 0 && b.min() > a.max()) {
      return a;
    }
    long largest =
        b.min() == width.min() ? width.max() : Math.max(Math.abs(b.min()), Math.abs(b.max())) - 1;
    largest = Math.max(largest, 0);
    long min = a.min() >= 0 ? 0 : Math.max(-largest, a.min());
    long max = a.max() <= 0 ? 0 : Math.min(largest, a.max());
    return Interval.of(min, max);
  }

  static Interval and(Width width, Interval a, Interval b) {
    Bits bits = a.bits().and(b.bits());
    if (a.min() < 0 && b.min() < 0) {
      return Interval.of(width.min(), width.max(), bits);
    }
    long max = a.min() < 0 ? b.max() : b.min() < 0 ? a.max() : Math.min(a.max(), b.max());
    return Interval.of(0, max, bits);
  }

  static Interval or(Width width, Interval a, Interval b) {
    long min = a.min() >= 0 && b.min() >= 0 ? Math.max(a.min(), b.min()) : width.min();
    return Interval.of(min, width.max(), a.bits().or(b.bits()));
  }

  static Interval xor(Width width, Interval a, Interval b) {
    return Interval.of(width.min(), width.max(), a.bits().xor(b.bits()));
  }

  static Interval shiftLeft(Width width, Interval a, Interval distance) {
    int[] by = distances(width, distance);
    Bits bits = by[0] == by[1] ? a.bits().shiftLeft(by[0]).signExtend(width.bits()) : Bits.UNKNOWN;
    boolean wraps = !fits(width, a.min(), by[1]) || !fits(width, a.max(), by[1]);
    long min = Math.min(a.min() << by[0], a.min() << by[1]);
    long max = Math.max(a.max() << by[0], a.max() << by[1]);
    return result(width, min, max, wraps, bits);
  }

  private static boolean fits(Width width, long number, int distance) {
    long shifted = number << distance;
    return shifted >> distance == number && width.holds(shifted);
  }

  static Interval shiftRight(Width width, Interval a, Interval distance) {
    int[] by = distances(width, distance);
    Bits bits = by[0] == by[1] ? a.bits().shiftRight(by[0]) : Bits.UNKNOWN;
    long min = Math.min(a.min() >> by[0], a.min() >> by[1]);
    long max = Math.max(a.max() >> by[0], a.max() >> by[1]);
    return Interval.of(min, max, bits);
  }

  static Interval shiftRightUnsigned(Width width, Interval a, Interval distance) {
    int[] by = distances(width, distance);
    if (a.min() >= 0) {
      return shiftRight(width, a, distance);
    }
    if (by[0] != by[1] || by[0] == 0) {
      return by[1] == 0 ? a : Interval.all(width);
    }
    Bits all = Bits.of(width == Width.INT ? 0xFFFF_FFFFL : -1L);
    return Interval.of(0, width.max(), a.bits().and(all).shiftRightUnsigned(by[0]));
  }

  /// Smallest and largest distance: the JVM takes it modulo the width.
  private static int[] distances(Width width, Interval distance) {
    if (distance.isConstant()) {
      int by = (int) distance.min() & width.bits() - 1;
      return new int[] {by, by};
    }
    return distance.min() >= 0 && distance.max() < width.bits()
        ? new int[] {(int) distance.min(), (int) distance.max()}
        : new int[] {0, width.bits() - 1};
  }

  /// `l2i`, `i2b`, `i2s`: the low bits, sign-extended.
  static Interval narrow(Interval a, int bits) {
    long max = (1L << bits - 1) - 1;
    return a.min() >= -max - 1 && a.max() <= max
        ? a
        : Interval.of(-max - 1, max, a.bits().signExtend(bits));
  }

  /// `i2c`: the low 16 bits.
  static Interval toChar(Interval a) {
    long max = Character.MAX_VALUE;
    return a.min() >= 0 && a.max() <= max ? a : Interval.of(0, max, a.bits().and(Bits.of(max)));
  }

  private static Interval result(Width width, long min, long max, boolean wraps, Bits bits) {
    return wraps || !width.holds(min) || !width.holds(max)
        ? Interval.of(width.min(), width.max(), bits.signExtend(width.bits()))
        : Interval.of(min, max, bits);
  }
}
