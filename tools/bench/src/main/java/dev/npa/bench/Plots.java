// SPDX-License-Identifier: MIT
package dev.npa.bench;

import dev.npa.bench.plot.Plot;
import dev.npa.bench.plot.Plot.Axis;
import dev.npa.bench.plot.Plot.Line;
import dev.npa.bench.plot.Plot.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// The two plots of a full run.
final class Plots {
  private static final Axis SIZES =
      new Axis(
          "frame in bytes, with FCS", true, List.of(64.0, 128.0, 256.0, 512.0, 1024.0, 1518.0));
  private static final List<Double> DECADES = List.of(0.1, 1.0, 10.0, 100.0, 1_000.0, 10_000.0);

  /// @param name of its files
  record Named(String name, Plot plot) {}

  private Plots() {}

  static List<Named> of(Sweep sweep, Delay delay, Machine machine) {
    return List.of(
        new Named("throughput-over-size", throughput(sweep.medians(), machine.line())),
        new Named("latency-over-load", latency(delay.latencies(), machine.line())));
  }

  private static Plot throughput(Map<String, Map<Double, Double>> medians, String note) {
    List<Line> lines = new ArrayList<>();
    double most = 0;
    for (Map.Entry<String, Map<Double, Double>> path : medians.entrySet()) {
      List<Point> points = new ArrayList<>();
      for (Map.Entry<Double, Double> entry : path.getValue().entrySet()) {
        if (entry.getKey() == Math.rint(entry.getKey())) { // not the mix
          points.add(new Point(entry.getKey(), entry.getValue() / 1e6));
          most = Math.max(most, entry.getValue() / 1e6);
        }
      }
      lines.add(new Line(path.getKey(), points));
    }
    return new Plot(
        "Frames from guest to guest", SIZES, Axis.from0("Mpps, one way", most), lines, note);
  }

  private static Plot latency(Map<Double, Histogram> latencies, String note) {
    List<Line> lines = new ArrayList<>();
    double most = latencies.keySet().stream().mapToDouble(Double::doubleValue).max().orElse(1);
    for (double percentile : new double[] {50, 99, 99.9, 100}) {
      List<Point> points = new ArrayList<>();
      latencies.keySet().stream()
          .sorted()
          .forEach(
              mpps ->
                  points.add(
                      new Point(mpps, latencies.get(mpps).getValueAtPercentile(percentile) / 1e3)));
      lines.add(new Line(percentile == 100 ? "max" : "p" + text(percentile), points));
    }
    return new Plot(
        "Latency from guest to guest, passthrough, 2 cores, 64 bytes",
        Axis.from0("offered Mpps", most),
        new Axis("microseconds", true, DECADES),
        lines,
        note);
  }

  private static String text(double percentile) {
    return percentile == Math.rint(percentile)
        ? Long.toString((long) percentile)
        : Double.toString(percentile);
  }
}
