// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.flow;

import dev.npa.verifier.bytecode.flow.Progress.Span;
import dev.npa.verifier.bytecode.value.Interval;
import dev.npa.verifier.bytecode.value.Width;
import java.util.OptionalLong;

/// The arithmetic of [TripCount], for a loop that counts up; one that counts down is mirrored.
///
/// @param width of the counter
/// @param up whether it counts up
/// @param start what the counter holds when the loop is entered
/// @param round by how much a round moves it
/// @param anywhere by how much it is moved at any place in a round
/// @param before by how much it is moved in a round before the test
/// @param offset what is added to it for the test
record Counting(
    Width width, boolean up, Interval start, Span round, Span anywhere, Span before, long offset) {

  /// Beyond this the sums below could overflow; no loop that long is of interest.
  private static final long LARGEST = 1L << 59;

  Trips whileBelow(Interval limit) {
    return whileAtMost(limit, 1);
  }

  Trips whileAtMost(Interval limit) {
    return whileAtMost(limit, 0);
  }

  private Trips whileAtMost(Interval limit, long less) {
    if (!up) {
      return mirrored().whileAtMost(mirrored(limit), less);
    }
    if (!isSmall(limit)) {
      return Trips.Unknown.OVERFLOW;
    }
    // The largest value with which a round can begin and go on.
    long goesOn = limit.max() - less - offset - before.min();
    if (!stays(Math.max(start.max(), goesOn + round.max()))) {
      return Trips.Unknown.OVERFLOW;
    }
    long lastToGoOn = Math.floorDiv(goesOn - start.min(), round.min());
    return new Trips.AtMost(lastToGoOn < 0 ? 1 : lastToGoOn + 2);
  }

  /// The test is `!=`, and the limit does not change.
  Trips until(Interval limit) {
    if (!up) {
      return mirrored().until(mirrored(limit));
    }
    if (!isSmall(limit)) {
      return Trips.Unknown.OVERFLOW;
    }
    if (round.min() != round.max() || before.min() != before.max() || !meets(limit)) {
      return Trips.Unknown.CHANGING_LIMIT;
    }
    long end = limit.max() - offset - before.min();
    if (start.max() + before.min() + offset > limit.min() || !stays(end)) {
      return Trips.Unknown.OVERFLOW;
    }
    return new Trips.AtMost((end - start.min()) / round.min() + 1);
  }

  /// Whether the step divides the way from any start to any limit.
  private boolean meets(Interval limit) {
    long step = round.min();
    OptionalLong from = start.modulo(step);
    OptionalLong to = limit.modulo(step);
    return step == 1
        || from.isPresent()
            && to.isPresent()
            && Math.floorMod(from.getAsLong() + before.min() + offset - to.getAsLong(), step) == 0;
  }

  /// Whether nothing wraps if no round begins with more than `largest`.
  private boolean stays(long largest) {
    return largest + anywhere.max() + Math.max(offset, 0) <= width.max()
        && start.min() + anywhere.min() + Math.min(offset, 0) >= -width.max();
  }

  private boolean isSmall(Interval limit) {
    return isSmall(start.min())
        && isSmall(start.max())
        && isSmall(limit.min())
        && isSmall(limit.max())
        && isSmall(round)
        && isSmall(anywhere)
        && isSmall(before)
        && isSmall(offset);
  }

  private static boolean isSmall(Span span) {
    return isSmall(span.min()) && isSmall(span.max());
  }

  private static boolean isSmall(long number) {
    return number >= -LARGEST && number <= LARGEST;
  }

  private Counting mirrored() {
    return new Counting(
        width,
        true,
        mirrored(start),
        mirrored(round),
        mirrored(anywhere),
        mirrored(before),
        -offset);
  }

  private static Span mirrored(Span span) {
    return new Span(-span.max(), -span.min());
  }

  private static Interval mirrored(Interval interval) {
    return interval.negated();
  }
}
