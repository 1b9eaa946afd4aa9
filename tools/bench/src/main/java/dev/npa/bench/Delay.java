// SPDX-License-Identifier: MIT
package dev.npa.bench;

import dev.npa.bench.load.ClosedLoop;
import dev.npa.bench.load.FrameMix;
import dev.npa.bench.load.LossFree;
import dev.npa.bench.load.OpenLoop;
import dev.npa.bench.load.Rig;
import dev.npa.bench.load.Safepoints;
import dev.npa.bench.load.Throughput;
import dev.npa.bench.load.Wakeup;
import dev.npa.bench.table.Cell;
import dev.npa.bench.table.Table;
import dev.npa.testbed.Cores;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/// What closed loops do not tell: latency at a given load, the highest rate without loss, pauses.
final class Delay {
  private static final double[] OFFERED_MPPS = {1, 5, 10};
  private static final int TRIALS = 5;
  private static final double SHARE_OF_CLOSED_LOOP = 0.8;
  private static final Duration LEAST_SEARCH_TRIAL = Duration.ofMillis(20);

  private final BenchPlan plan;
  private final Rig.Maker rigs;
  private final Consumer<String> progress;
  private final Map<Double, Histogram> latencies = new LinkedHashMap<>();

  Delay(BenchPlan plan, Rig.Maker rigs, Consumer<String> progress) {
    this.plan = plan;
    this.rigs = rigs;
    this.progress = progress;
  }

  /// By offered Mpps.
  Map<Double, Histogram> latencies() {
    return latencies;
  }

  /// Latency, then loss-free rates, on one rig; two cores.
  List<Table> measure() throws GeneralSecurityException {
    try (Rig rig = rigs.passthrough(2, Cores.TWO)) {
      double closedLoop = closedLoop(rig);
      OpenLoop flow = OpenLoop.between(rig.guest(0), rig.guest(1));
      flow.offer(FrameMix.of(64), closedLoop / 4, plan.warmUp());
      return List.of(latency(flow, closedLoop), lossFree(flow, closedLoop));
    }
  }

  private double closedLoop(Rig rig) {
    List<ClosedLoop> flows = Sweep.ring(rig, 1);
    Throughput.measure(
        rig, flows, FrameMix.of(64), new Throughput.Pace(plan.warmUp(), plan.settle(), 1));
    return Throughput.measure(rig, flows, FrameMix.of(64), plan.pace()).framesPerSecond().median();
  }

  private Table latency(OpenLoop flow, double closedLoop) {
    progress.accept("latency");
    List<List<Cell>> rows = new ArrayList<>();
    for (double mpps : OFFERED_MPPS) {
      rows.add(latencyRow(flow, mpps * 1e6, ""));
    }
    rows.add(latencyRow(flow, SHARE_OF_CLOSED_LOOP * closedLoop, "80 % of the closed loop"));
    return new Table(
        "latency",
        "Latency from guest to guest, passthrough, 2 cores, both sides polling, 64 bytes, open"
            + " loop",
        List.of(
            "offered Mpps",
            "delivered Mpps",
            "p50 us",
            "p99 us",
            "p99.9 us",
            "max us",
            "lost",
            "load"),
        rows,
        List.of(
            "From when the frame should have been sent until its burst was in the stack: no"
                + " coordinated omission.",
            "Of %d trials of %d ms each, the one whose p99 is the median."
                .formatted(TRIALS, plan.trial().toMillis())));
  }

  private List<Cell> latencyRow(OpenLoop flow, double framesPerSecond, String words) {
    OpenLoop.Trial trial =
        Stream.generate(() -> flow.offer(FrameMix.of(64), framesPerSecond, plan.trial()))
            .limit(TRIALS)
            .sorted(Comparator.comparingLong(t -> t.latency().getValueAtPercentile(99)))
            .toList()
            .get(TRIALS / 2);
    Histogram nanos = trial.latency();
    latencies.put(framesPerSecond / 1e6, nanos);
    return List.of(
        Cell.of(framesPerSecond / 1e6, 2),
        Cell.of(trial.deliveredPerSecond() / 1e6, 2),
        micros(nanos, 50),
        micros(nanos, 99),
        micros(nanos, 99.9),
        Cell.of(nanos.getMaxValue() / 1e3, 1),
        Cell.of(trial.offered() - trial.delivered()),
        Cell.of(words));
  }

  private static Cell micros(Histogram nanos, double percentile) {
    return Cell.of(nanos.getValueAtPercentile(percentile) / 1e3, 1);
  }

  private Table lossFree(OpenLoop flow, double closedLoop) {
    List<List<Cell>> rows = new ArrayList<>();
    Duration span = plan.trial().dividedBy(5);
    Duration trial = span.compareTo(LEAST_SEARCH_TRIAL) < 0 ? LEAST_SEARCH_TRIAL : span;
    for (FrameMix mix : FrameMix.all()) {
      progress.accept("rate without loss: " + mix.name());
      double rate = LossFree.rate(flow, mix, closedLoop * 1.2, trial);
      rows.add(
          List.of(
              Cell.of(mix.name()),
              Cell.of(rate / 1e6, 2),
              Cell.of(rate * (mix.meanBytes() + 20) * 8 / 1e9, 1)));
    }
    return new Table(
        "loss-free",
        "Highest rate without a lost frame, after RFC 2544 section 26.1, passthrough, 2 cores",
        List.of("bytes", "Mpps", "Gbit/s"),
        rows,
        List.of(
            "Binary search, 7 trials of %d ms each (the RFC: 60 s); one lost frame or a late sender fails a trial."
                .formatted(trial.toMillis())));
  }

  /// A long run under full load, and what nobody does while all guests are idle.
  Table soak() throws GeneralSecurityException {
    progress.accept("soak: %d s".formatted(plan.soak().toSeconds()));
    List<List<Cell>> rows = new ArrayList<>();
    try (Rig rig = rigs.passthrough(2, Cores.TWO)) {
      List<ClosedLoop> flows = Sweep.ring(rig, 1);
      Throughput.measure(
          rig, flows, FrameMix.of(64), new Throughput.Pace(plan.warmUp(), plan.settle(), 1));
      Throughput measured;
      Safepoints.Pauses pauses;
      try (Safepoints safepoints = new Safepoints()) {
        measured =
            Throughput.measure(
                rig, flows, FrameMix.of(64), new Throughput.Pace(plan.settle(), plan.soak(), 1));
        pauses = safepoints.stop();
      }
      rows.add(fact("Mpps over the whole run", measured.framesPerSecond().median() / 1e6, 2));
      rows.add(fact("bytes allocated per frame", measured.allocatedPerFrame(), 6));
      rows.add(fact("frames lost", (double) measured.lost(), 0));
      rows.add(fact("safepoint pauses", (double) pauses.count(), 0));
      rows.add(fact("longest safepoint pause, ms", pauses.longest().toNanos() / 1e6, 3));
      Wakeup wakeup = Wakeup.measure(rig);
      rows.add(fact("host's thread while all are idle, % of a core", 100 * wakeup.idleLoad(), 2));
      rows.add(fact("an unpark of a bare thread, p50 us", wakeup.floor() / 1e3, 1));
      rows.add(fact("host's thread awake after a doorbell, p50 us", wakeup.host() / 1e3, 1));
      rows.add(fact("first frame after idleness, p50 us", wakeup.median() / 1e3, 1));
      rows.add(fact("first frame after idleness, p99 us", wakeup.p99() / 1e3, 1));
    }
    return new Table(
        "soak",
        "%d s of full load, then idleness; passthrough, 2 cores, 64 bytes"
            .formatted(plan.soak().toSeconds()),
        List.of("what", "figure"),
        rows,
        List.of("Pauses by the flight recorder, which causes some itself when it writes."));
  }

  private static List<Cell> fact(String what, double figure, int decimals) {
    return List.of(Cell.of(what), Cell.of(figure, decimals));
  }
}
