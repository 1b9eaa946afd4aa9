// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.bytecode.flow.Progress.Span;
import dev.npa.verifier.bytecode.value.Claims;
import dev.npa.verifier.bytecode.value.Interval;
import dev.npa.verifier.bytecode.value.Width;
import java.util.Random;
import java.util.function.LongBinaryOperator;
import org.junit.jupiter.api.Test;

/// The arithmetic of trip counts against loops that are run: whatever start, limit and steps are
/// chosen within what is known, the header runs no more often than is said, and no less is said
/// than a run needs.
class CountingTest {
  private static final long SEED = 20109;
  private static final int LOOPS = 30_000;
  private static final int RUNS = 6;

  /// No bound of interest is larger; a run that gets there has none.
  private static final int ENDLESS = 400;

  private enum Stay {
    BELOW,
    AT_MOST,
    UNTIL
  }

  private final Random random = new Random(SEED);

  /// What is known of one loop.
  private record Known(
      Counting counting, Interval start, Interval limit, Span round, Span before, long offset) {}

  @Test
  void boundsEveryRun() {
    int proved = 0;
    int reached = 0;
    for (int i = 0; i < LOOPS; i++) {
      Known known = known();
      for (Stay test : Stay.values()) {
        Trips trips = trips(known, test);
        if (trips instanceof Trips.AtMost bound) {
          proved++;
          long most = 0;
          for (int run = 0; run < RUNS; run++) {
            most = Math.max(most, rounds(known, test, run == 0));
          }
          assertThat(most)
              .as("%s of %s, seed %d", test, known, SEED)
              .isLessThanOrEqualTo(bound.rounds());
          reached += most == bound.rounds() ? 1 : 0;
        }
      }
    }
    System.out.printf("%d loops of %d proved, %d bounds reached%n", proved, 3 * LOOPS, reached);
    assertThat(proved).isGreaterThan(LOOPS);
    assertThat(reached).as("bounds that a run reaches").isGreaterThan(proved * 4 / 5);
  }

  private static Trips trips(Known known, Stay test) {
    return switch (test) {
      case BELOW -> known.counting.whileBelow(known.limit);
      case AT_MOST -> known.counting.whileAtMost(known.limit);
      case UNTIL -> known.counting.until(known.limit);
    };
  }

  /// Small numbers, now and then at an end of the type.
  private Known known() {
    boolean up = random.nextBoolean();
    long base =
        switch (random.nextInt(6)) {
          case 0 -> (long) Integer.MAX_VALUE - random.nextInt(60);
          case 1 -> -(long) Integer.MAX_VALUE + random.nextInt(60);
          default -> random.nextInt(40) - 20L;
        };
    Interval start = interval(base, random.nextInt(3) == 0 ? random.nextInt(9) : 0);
    long way = random.nextInt(70) - 5L;
    Interval limit =
        interval(up ? start.max() + way : start.min() - way, random.nextInt(3) == 0 ? 5 : 0);
    long least = 1L + random.nextInt(4);
    Span round = signed(up, least, least + (random.nextInt(3) == 0 ? random.nextInt(3) : 0));
    Span before =
        switch (random.nextInt(3)) {
          case 0 -> round;
          case 1 -> new Span(Math.min(0, round.min()), Math.max(0, round.max()));
          default -> new Span(0, 0);
        };
    Span anywhere = round.join(before).join(new Span(0, 0));
    long offset = random.nextInt(3) == 0 ? random.nextInt(9) - 4L : 0;
    Counting counting = new Counting(Width.INT, up, start, round, anywhere, before, offset);
    return new Known(counting, start, limit, round, before, offset);
  }

  private static Interval interval(long min, long more) {
    return Claims.between(inside(min), inside(min + more));
  }

  private static long inside(long number) {
    return Math.clamp(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private static Span signed(boolean up, long least, long most) {
    return up ? new Span(least, most) : new Span(-most, -least);
  }

  /// Runs a loop: `for (int v = start; ; v += round) { v moves by before; test v + offset }`.
  ///
  /// @param slow whether each choice is the one that takes longest
  private long rounds(Known known, Stay test, boolean slow) {
    boolean up = known.round.min() > 0;
    LongBinaryOperator nearest = up ? Math::min : Math::max;
    LongBinaryOperator choose = slow ? nearest : this::between;
    int counter = (int) choose.applyAsLong(known.start.min(), known.start.max());
    LongBinaryOperator farthest = up ? Math::max : Math::min;
    long fixed =
        (slow ? farthest : (LongBinaryOperator) this::between)
            .applyAsLong(known.limit.min(), known.limit.max());
    for (long round = 1; round < ENDLESS; round++) {
      int moved = (int) choose.applyAsLong(known.before.min(), known.before.max());
      int tested = counter + moved + (int) known.offset;
      int limit = (int) fixed;
      boolean goesOn =
          switch (test) {
            case BELOW -> up ? tested < limit : tested > limit;
            case AT_MOST -> up ? tested <= limit : tested >= limit;
            case UNTIL -> tested != limit;
          };
      if (!goesOn) {
        return round;
      }
      counter += (int) choose.applyAsLong(known.round.min(), known.round.max());
    }
    return ENDLESS;
  }

  private long between(long min, long max) {
    return random.nextLong(min, max + 1);
  }
}
