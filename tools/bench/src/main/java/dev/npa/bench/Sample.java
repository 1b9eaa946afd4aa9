// SPDX-License-Identifier: MIT
package dev.npa.bench;

import java.util.Arrays;

/// Repeated measurements of one thing, in the order they were made.
@SuppressWarnings("ArrayRecordComponent") // A carrier; never compared.
public record Sample(double[] values) {
  /// Runs whose middle half spreads over more than this share of the median say too little.
  public static final double MOST_SPREAD = 0.15;

  /// Below this many runs nothing is said about spread.
  public static final int LEAST_RUNS = 5;

  /// @throws IllegalArgumentException if there is no value, or one that is no finite number
  public Sample {
    if (values.length == 0 || !Arrays.stream(values).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("a sample of " + Arrays.toString(values));
    }
    values = values.clone();
  }

  @Override
  public double[] values() {
    return values.clone();
  }

  public double median() {
    return quantile(0.5);
  }

  public double min() {
    return quantile(0);
  }

  public double max() {
    return quantile(1);
  }

  /// Distance from the first to the third quartile, as a share of the median: one run that an
  /// interruption spoilt does not move it, a machine that is busy with something else does.
  public double spread() {
    double median = median();
    return median == 0 ? 0 : (quantile(0.75) - quantile(0.25)) / Math.abs(median);
  }

  /// Between two values it interpolates linearly.
  ///
  /// @param share `0 <= share <= 1`
  private double quantile(double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  public Sample dividedBy(double divisor) {
    return new Sample(Arrays.stream(values).map(value -> value / divisor).toArray());
  }
}
