// SPDX-License-Identifier: MIT
package dev.npa.bench.plot;

import java.util.List;

/// Lines over an axis, as an image of 900 by 540.
///
/// @param note small print: machine, date, command
public record Plot(String title, Axis x, Axis y, List<Line> lines, String note) {

  static final int WIDTH = 900;
  static final int HEIGHT = 540;

  /// @param logarithmic every power of ten, or of two on an axis of sizes, is as far from the next
  public record Axis(String title, boolean logarithmic, List<Double> ticks) {
    double min() {
      return ticks.getFirst();
    }

    double max() {
      return ticks.getLast();
    }

    /// From 0 at the first tick to 1 at the last.
    double place(double value) {
      double bounded = Math.clamp(value, min(), max());
      return logarithmic
          ? (Math.log(bounded) - Math.log(min())) / (Math.log(max()) - Math.log(min()))
          : (bounded - min()) / (max() - min());
    }

    /// An axis with room for the values from 0 up.
    public static Axis from0(String title, double max) {
      double step = Math.pow(10, Math.floor(Math.log10(Math.max(max, 1e-9))));
      step = max / step > 5 ? step : max / step > 2 ? step / 2 : step / 5;
      java.util.ArrayList<Double> ticks = new java.util.ArrayList<>();
      for (double tick = 0; ; tick += step) {
        ticks.add(tick);
        if (tick >= max && ticks.size() > 1) {
          return new Axis(title, false, List.copyOf(ticks));
        }
      }
    }
  }

  /// @param points each x and y
  public record Line(String title, List<Point> points) {}

  /// One place.
  public record Point(double x, double y) {}

  public Plot {
    if (lines.isEmpty() || lines.stream().anyMatch(line -> line.points().isEmpty())) {
      throw new IllegalArgumentException("nothing to plot in " + title);
    }
  }
}
