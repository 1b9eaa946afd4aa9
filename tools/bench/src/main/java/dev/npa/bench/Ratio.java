// SPDX-License-Identifier: MIT
package dev.npa.bench;

import java.util.Locale;

/// How many times one thing is faster than another, if the machine was quiet enough to say so.
public sealed interface Ratio {
  /// In words, for a table.
  String text();

  /// @param median ratio of the medians
  /// @param min smallest ratio of two runs made one after the other
  /// @param max largest of these
  record Measured(double median, double min, double max) implements Ratio {
    @Override
    public String text() {
      return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", median, min, max);
    }
  }

  /// No ratio, and why.
  record TooNoisy(String why) implements Ratio {
    @Override
    public String text() {
      return "none: " + why;
    }
  }

  /// Run `i` of one and run `i` of the other were made one after the other.
  ///
  /// @throws IllegalArgumentException if the samples differ in length
  static Ratio of(Sample ours, Sample theirs) {
    double[] first = ours.values();
    double[] second = theirs.values();
    if (first.length != second.length) {
      throw new IllegalArgumentException(first.length + " runs against " + second.length);
    }
    if (first.length < Sample.LEAST_RUNS) {
      return new TooNoisy(first.length + " runs, " + Sample.LEAST_RUNS + " needed");
    }
    if (ours.spread() > Sample.MOST_SPREAD || theirs.spread() > Sample.MOST_SPREAD) {
      return new TooNoisy(
          String.format(
              Locale.ROOT,
              "middle half of the runs spread over %.0f %% and %.0f %% of the median, %.0f allowed",
              100 * ours.spread(),
              100 * theirs.spread(),
              100 * Sample.MOST_SPREAD));
    }
    if (theirs.min() <= 0) {
      return new TooNoisy("a run of the other side moved nothing");
    }
    double min = Double.MAX_VALUE;
    double max = 0;
    for (int i = 0; i < first.length; i++) {
      min = Math.min(min, first[i] / second[i]);
      max = Math.max(max, first[i] / second[i]);
    }
    return new Measured(ours.median() / theirs.median(), min, max);
  }
}
