// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.LongBinaryOperator;
import org.junit.jupiter.api.Test;

/// Random members of random intervals: what the instruction computes is in the interval computed.
class ArithmeticTest {
  private static final long SEED = 20105;
  private static final int ROUNDS = 40_000;
  private static final int[] INTERESTING = {0, 1, -1, 2, 3, 7, 8, 31, 32, 63, 64, 255, 4095, 65535};

  private final Random random = new Random(SEED);

  /// An operation of the domain.
  private interface Abstract {
    Interval of(Width width, Interval a, Interval b);
  }

  @Test
  void additionContainsWhatItComputes() {
    check(Arithmetic::add, (a, b) -> (int) a + (int) b, Long::sum);
  }

  @Test
  void subtractionContainsWhatItComputes() {
    check(Arithmetic::subtract, (a, b) -> (int) a - (int) b, (a, b) -> a - b);
  }

  @Test
  void multiplicationContainsWhatItComputes() {
    check(Arithmetic::multiply, (a, b) -> (int) (a * b), (a, b) -> a * b);
  }

  @Test
  void divisionContainsWhatItComputes() {
    check(
        (w, a, b) -> Arithmetic.divide(w, a, b.without(0)),
        (a, b) -> b == 0 ? SKIP : (int) a / (int) b,
        (a, b) -> b == 0 ? SKIP : a / b);
  }

  @Test
  void remainderContainsWhatItComputes() {
    check(
        Arithmetic::remainder,
        (a, b) -> b == 0 ? SKIP : (int) a % (int) b,
        (a, b) -> b == 0 ? SKIP : a % b);
  }

  @Test
  void bitOperationsContainWhatTheyCompute() {
    check(Arithmetic::and, (a, b) -> (int) a & (int) b, (a, b) -> a & b);
    check(Arithmetic::or, (a, b) -> (int) a | (int) b, (a, b) -> a | b);
    check(Arithmetic::xor, (a, b) -> (int) a ^ (int) b, (a, b) -> a ^ b);
  }

  @Test
  void shiftsContainWhatTheyCompute() {
    check(Arithmetic::shiftLeft, (a, b) -> (int) a << (int) b, (a, b) -> a << b);
    check(Arithmetic::shiftRight, (a, b) -> (int) a >> (int) b, (a, b) -> a >> b);
    check(Arithmetic::shiftRightUnsigned, (a, b) -> (int) a >>> (int) b, (a, b) -> a >>> b);
  }

  @Test
  void conversionsContainWhatTheyCompute() {
    check((w, a, b) -> Arithmetic.narrow(a, 8), (a, b) -> (byte) a, (a, b) -> (byte) a);
    check((w, a, b) -> Arithmetic.narrow(a, 16), (a, b) -> (short) a, (a, b) -> (short) a);
    check((w, a, b) -> Arithmetic.narrow(a, 32), (a, b) -> (int) a, (a, b) -> (int) a);
    check((w, a, b) -> Arithmetic.toChar(a), (a, b) -> (char) a, (a, b) -> (char) a);
  }

  @Test
  void joinAndMeetContainWhatTheyMust() {
    check((w, a, b) -> a.join(b), (a, b) -> a, (a, b) -> b);
    for (int i = 0; i < ROUNDS; i++) {
      Interval a = interval(Width.INT);
      Interval b = interval(Width.INT);
      long number = member(a);
      if (b.contains(number)) {
        assertThat(a.meet(b).contains(number)).as("%s and %s have %d", a, b, number).isTrue();
      }
    }
  }

  @Test
  void comparisonsKeepTheNumbersForWhichTheyHold() {
    for (int i = 0; i < ROUNDS; i++) {
      Interval a = interval(Width.INT);
      Interval b = interval(Width.INT);
      long x = member(a);
      long y = member(b);
      for (Comparison comparison : Comparison.values()) {
        if (holds(comparison, x, y)) {
          assertThat(comparison.keep(a, b).contains(x))
              .as("%d %s %d of %s and %s", x, comparison, y, a, b)
              .isTrue();
          assertThat(holds(comparison.flipped(), y, x)).isTrue();
          assertThat(holds(comparison.negated(), x, y)).isFalse();
        }
      }
    }
  }

  private static boolean holds(Comparison comparison, long x, long y) {
    return switch (comparison) {
      case EQUAL -> x == y;
      case NOT_EQUAL -> x != y;
      case LESS -> x < y;
      case AT_LEAST -> x >= y;
      case MORE -> x > y;
      case AT_MOST -> x <= y;
    };
  }

  private static final long SKIP = Long.MIN_VALUE + 1;

  private void check(Abstract operation, LongBinaryOperator ofInts, LongBinaryOperator ofLongs) {
    for (int i = 0; i < ROUNDS; i++) {
      Width width = random.nextBoolean() ? Width.INT : Width.LONG;
      Interval a = interval(width);
      Interval b = interval(width);
      long x = member(a);
      long y = member(b);
      long result = width == Width.INT ? ofInts.applyAsLong(x, y) : ofLongs.applyAsLong(x, y);
      if (result != SKIP) {
        assertThat(operation.of(width, a, b).contains(result))
            .as("seed %d: %s: %d and %d of %s and %s give %d", SEED, width, x, y, a, b, result)
            .isTrue();
      }
    }
  }

  /// Of a few numbers, now and then of all multiples of a power of two between two.
  private Interval interval(Width width) {
    Interval all = Interval.EMPTY;
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      all = all.join(Interval.constant(number(width)));
    }
    return random.nextInt(4) == 0 ? Interval.of(all.min(), all.max()) : all;
  }

  private long number(Width width) {
    long number =
        switch (random.nextInt(5)) {
          case 0 -> width.max() - random.nextInt(3);
          case 1 -> width.min() + random.nextInt(3);
          case 2 -> random.nextLong() >> random.nextInt(64);
          default -> INTERESTING[random.nextInt(INTERESTING.length)];
        };
    return width == Width.INT ? (int) number : number;
  }

  /// One of the numbers in an interval.
  private long member(Interval interval) {
    for (int i = 0; i < 20; i++) {
      long between = interval.min() + (long) (random.nextDouble() * 100);
      long tried = random.nextBoolean() ? between : interval.max() - random.nextInt(100);
      if (interval.contains(tried)) {
        return tried;
      }
    }
    return random.nextBoolean() ? interval.min() : interval.max();
  }
}
