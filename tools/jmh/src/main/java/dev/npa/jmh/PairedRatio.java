// SPDX-License-Identifier: MIT
package dev.npa.jmh;

import java.util.Arrays;

/// How many times as long one thing takes as another, from pairs of measurements that were taken
/// one right after the other: what else the machine did, it did to both.
///
/// @param median of the ratios of all pairs
/// @param low lower end of an interval that holds the true median in at least 95 of 100 cases
/// @param high its upper end
record PairedRatio(double median, double low, double high) {
  /// With fewer pairs there is no such interval: all of them on one side is one case in 32 or more.
  static final int FEWEST = 6;

  private static final double OUTSIDE_EACH_SIDE = 0.025;

  /// The interval lies between two of the ratios themselves, so nothing is supposed of how they are
  /// distributed but that the pairs are independent: each is above the median as a coin falls.
  ///
  /// @param over one measurement of each pair
  /// @param under the other, in the same order
  static PairedRatio of(double[] over, double[] under) {
    if (over.length != under.length || over.length < FEWEST) {
      throw new IllegalArgumentException(over.length + " and " + under.length + " measurements");
    }
    double[] ratios = new double[over.length];
    Arrays.setAll(ratios, i -> over[i] / under[i]);
    Arrays.sort(ratios);
    int outside = outside(ratios.length);
    return new PairedRatio(median(ratios), ratios[outside], ratios[ratios.length - 1 - outside]);
  }

  /// How many of `n` ratios may be left out at each end.
  private static int outside(int n) {
    double probability = Math.pow(0.5, n);
    double below = 0;
    int left = 0;
    while (below + probability <= OUTSIDE_EACH_SIDE) {
      below += probability;
      probability *= (double) (n - left) / (left + 1);
      left++;
    }
    return left - 1;
  }

  static double median(double[] sorted) {
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
}
