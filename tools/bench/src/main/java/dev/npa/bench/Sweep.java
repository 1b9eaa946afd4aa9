// SPDX-License-Identifier: MIT
package dev.npa.bench;

import dev.npa.bench.load.ClosedLoop;
import dev.npa.bench.load.FrameMix;
import dev.npa.bench.load.Rig;
import dev.npa.bench.load.Throughput;
import dev.npa.bench.table.Cell;
import dev.npa.bench.table.Table;
import dev.npa.testbed.Cores;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Throughput over everything that may change it: path, cores, direction, frame size, burst,
/// virtual functions, ring size, vendors.
final class Sweep {
  static final List<Cores> CORES = List.of(Cores.ONE, Cores.TWO);
  private static final int[] BURSTS = {1, 8, 32, 64};
  private static final int[] RINGS = {64, 128, 256, 512, 1024, 2048, 4096};
  private static final List<String> VENDORS = List.of("acme", "brill", "cobalt", "dynamo");
  private static final int[] SIZES_BOTH_WAYS = {64, 1518};
  private static final int MOST_FUNCTIONS = 7;
  private static final int FRAME_BYTES = 64;

  private final BenchPlan plan;
  private final Rig.Maker rigs;
  private final Consumer<String> progress;

  /// Median rate by path and frame size, for the plot and for latency.
  private final Map<String, Map<Double, Double>> medians = new LinkedHashMap<>();

  Sweep(BenchPlan plan, Rig.Maker rigs, Consumer<String> progress) {
    this.plan = plan;
    this.rigs = rigs;
    this.progress = progress;
  }

  Map<String, Map<Double, Double>> medians() {
    return medians;
  }

  Table sizes() throws GeneralSecurityException {
    List<List<Cell>> rows = new ArrayList<>();
    for (Cores cores : CORES) {
      for (boolean passthrough : new boolean[] {true, false}) {
        String path =
            (passthrough ? "passthrough" : "emulated")
                + (cores == Cores.ONE ? ", 1 core" : ", 2 cores");
        progress.accept("frame sizes: " + path);
        try (Rig rig =
            passthrough ? rigs.passthrough(2, cores) : rigs.emulated(2, cores, Rig.RING)) {
          List<ClosedLoop> both = ring(rig, 2);
          List<ClosedLoop> oneWay = both.subList(0, 1);
          warmUp(rig, oneWay);
          for (FrameMix mix : FrameMix.all()) {
            Throughput measured = Throughput.measure(rig, oneWay, mix, plan.pace());
            rows.add(row(measured, path, "one way", mix));
            medians
                .computeIfAbsent(path, _ -> new LinkedHashMap<>())
                .put(mix.meanBytes(), measured.framesPerSecond().median());
          }
          warmUp(rig, both);
          for (int bytes : SIZES_BOTH_WAYS) {
            FrameMix mix = FrameMix.of(bytes);
            rows.add(row(Throughput.measure(rig, both, mix, plan.pace()), path, "both ways", mix));
          }
        }
      }
    }
    return new Table(
        "throughput",
        "Frames from guest to guest, closed loop, bursts of 32",
        List.of(
            "path",
            "direction",
            "bytes",
            "Mpps",
            "min",
            "max",
            "ns/frame",
            "Gbit/s",
            "B alloc",
            "lost"),
        rows,
        List.of(
            "Mpps: delivered, all flows together, median of %d runs of %d ms; bytes with FCS; Gbit/s as on a wire."
                .formatted(plan.runs(), plan.run().toMillis()),
            "imix: 64, 594 and 1518 bytes, 37 to 21 to 6. B alloc: bytes allocated per frame,"
                + " guests and host."));
  }

  private List<Cell> row(Throughput measured, String path, String direction, FrameMix mix) {
    Sample mpps = measured.framesPerSecond().dividedBy(1e6);
    return List.of(
        Cell.of(path),
        Cell.of(direction),
        Cell.of(mix.name()),
        Cell.of(mpps.median(), 2),
        Cell.of(mpps.min(), 2),
        Cell.of(mpps.max(), 2),
        Cell.of(1e3 / mpps.median(), 1),
        Cell.of(mpps.median() * (mix.meanBytes() + 20) * 8 / 1e3, 1),
        Cell.of(measured.allocatedPerFrame(), 3),
        Cell.of(measured.lost()));
  }

  Table bursts() throws GeneralSecurityException {
    progress.accept("burst sizes");
    List<List<Cell>> rows = new ArrayList<>();
    for (Cores cores : CORES) {
      try (Rig rig = rigs.passthrough(2, cores)) {
        List<ClosedLoop> flows = ring(rig, 1);
        warmUp(rig, flows);
        for (int burst : BURSTS) {
          Throughput measured =
              Throughput.measure(rig, flows, FrameMix.of(FRAME_BYTES), burst, plan.pace());
          rows.add(scale(measured, cores, Integer.toString(burst)));
        }
      }
    }
    return scaleTable(
        "bursts", "Frames handed to the driver at once, 64 bytes, one way", "burst", rows);
  }

  /// With one function receiving only, and with more and more that send.
  Table functions() throws GeneralSecurityException {
    List<List<Cell>> rows = new ArrayList<>();
    for (Cores cores : CORES) {
      progress.accept("virtual functions: " + cores.name().toLowerCase(Locale.ROOT) + " core(s)");
      try (Rig rig = rigs.passthrough(2, cores)) {
        rows.add(scale(warm(rig, ring(rig, 1)), cores, "1 of 2 sends"));
        rows.add(scale(warm(rig, ring(rig, 2)), cores, "2 of 2 send"));
      }
      try (Rig rig = rigs.passthrough(MOST_FUNCTIONS, cores)) {
        rows.add(scale(warm(rig, ring(rig, 1)), cores, "1 of 7 sends, 5 idle"));
        rows.add(scale(warm(rig, ring(rig, MOST_FUNCTIONS)), cores, "7 of 7 send"));
      }
    }
    return scaleTable(
        "functions", "Virtual functions, each sending to the next, 64 bytes", "functions", rows);
  }

  Table rings() throws GeneralSecurityException {
    progress.accept("ring sizes");
    List<List<Cell>> rows = new ArrayList<>();
    for (int size : RINGS) {
      try (Rig rig = rigs.passthrough(2, Cores.ONE, size)) {
        rows.add(scale(warm(rig, ring(rig, 1)), Cores.ONE, Integer.toString(size)));
      }
    }
    return scaleTable("rings", "Descriptors in each ring, 64 bytes, one way", "descriptors", rows);
  }

  Table vendors() throws GeneralSecurityException {
    progress.accept("vendors");
    List<List<Cell>> rows = new ArrayList<>();
    for (Cores cores : CORES) {
      try (Rig one = rigs.passthrough(VENDORS.size(), cores);
          Rig four = rigs.vendors(VENDORS, cores)) {
        List<ClosedLoop> oneFlow = ring(one, VENDORS.size());
        List<ClosedLoop> fourFlow = ring(four, VENDORS.size());
        warm(one, oneFlow); // Every plugin runs before one flow is measured.
        warm(four, fourFlow);
        List<double[]> runs = alternate(one, oneFlow.subList(0, 1), four, fourFlow.subList(0, 1));
        Sample first = new Sample(runs.getFirst());
        Sample second = new Sample(runs.getLast());
        rows.add(
            List.of(
                Cell.of(cores == Cores.ONE ? 1L : 2L),
                Cell.of(first.median() / 1e6, 2),
                Cell.of(second.median() / 1e6, 2),
                Cell.of(Ratio.of(second, first).text())));
      }
    }
    return new Table(
        "vendors",
        "One vendor's plugin loaded four times, against four vendors', 64 bytes, one way",
        List.of("cores", "Mpps, one", "Mpps, four", "four to one"),
        rows,
        List.of(
            "Runs alternate; the other vendors' are classes of other names, each through the"
                + " gate."));
  }

  private List<double[]> alternate(
      Rig first, List<ClosedLoop> firstFlows, Rig second, List<ClosedLoop> secondFlows) {
    double[] a = new double[plan.runs()];
    double[] b = new double[plan.runs()];
    Throughput.Pace once = new Throughput.Pace(plan.settle(), plan.run(), 1);
    FrameMix mix = FrameMix.of(FRAME_BYTES);
    for (int i = 0; i < a.length; i++) {
      a[i] = Throughput.measure(first, firstFlows, mix, once).framesPerSecond().median();
      b[i] = Throughput.measure(second, secondFlows, mix, once).framesPerSecond().median();
    }
    return List.of(a, b);
  }

  private Throughput warm(Rig rig, List<ClosedLoop> flows) {
    warmUp(rig, flows);
    return Throughput.measure(rig, flows, FrameMix.of(FRAME_BYTES), plan.pace());
  }

  private void warmUp(Rig rig, List<ClosedLoop> flows) {
    Throughput.measure(
        rig, flows, FrameMix.of(FRAME_BYTES), new Throughput.Pace(plan.warmUp(), plan.settle(), 1));
  }

  /// Flows from the first guests, each to the next, the last guest's to the first.
  static List<ClosedLoop> ring(Rig rig, int senders) {
    int guests = rig.testbed().guests().size();
    return IntStream.range(0, senders)
        .mapToObj(i -> ClosedLoop.between(rig.guest(i), rig.guest((i + 1) % guests)))
        .toList();
  }

  private static List<Cell> scale(Throughput measured, Cores cores, String what) {
    Sample mpps = measured.framesPerSecond().dividedBy(1e6);
    return List.of(
        Cell.of(cores == Cores.ONE ? 1L : 2L),
        Cell.of(what),
        Cell.of(mpps.median(), 2),
        Cell.of(mpps.min(), 2),
        Cell.of(mpps.max(), 2),
        Cell.of(1e3 / mpps.median(), 1),
        Cell.of(measured.allocatedPerFrame(), 3),
        Cell.of(measured.lost()));
  }

  private Table scaleTable(String id, String title, String what, List<List<Cell>> rows) {
    return new Table(
        id,
        title,
        List.of("cores", what, "Mpps", "min", "max", "ns/frame", "B alloc", "lost"),
        rows,
        List.of("Mpps: all flows together, median of %d runs.".formatted(plan.runs())));
  }
}
