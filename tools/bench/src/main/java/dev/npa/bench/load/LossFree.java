// SPDX-License-Identifier: MIT
package dev.npa.bench.load;

import java.time.Duration;

/// The highest rate without loss, after RFC 2544, section 26.1, with trials of a fraction of a
/// second in place of 60 s.
public final class LossFree {
  /// Halvings of the range: the answer is exact to one part in 128 of the first upper bound.
  private static final int STEPS = 7;

  private LossFree() {}

  /// What offers frames at a rate and says whether all arrived, as [OpenLoop#offer] does.
  @FunctionalInterface
  public interface Trial {
    boolean lossFree(double framesPerSecond);
  }

  /// @param atMost frames per second that surely are too many
  /// @return frames per second; 0 if not even one part in 128 of `atMost` went through
  public static double rate(OpenLoop flow, FrameMix mix, double atMost, Duration span) {
    return search(
        atMost,
        rate -> {
          OpenLoop.Trial trial = flow.offer(mix, rate, span);
          // A sender that needs more time than that did not offer the rate.
          return trial.lossFree() && trial.nanos() < span.toNanos() * 1.01;
        });
  }

  /// Binary search.
  public static double search(double atMost, Trial trial) {
    double good = 0;
    double bad = atMost;
    for (int i = 0; i < STEPS; i++) {
      double middle = (good + bad) / 2;
      if (trial.lossFree(middle)) {
        good = middle;
      } else {
        bad = middle;
      }
    }
    return good;
  }
}
