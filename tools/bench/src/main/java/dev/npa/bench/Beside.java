// SPDX-License-Identifier: MIT
package dev.npa.bench;

import dev.npa.bench.load.ClosedLoop;
import dev.npa.bench.load.FrameMix;
import dev.npa.bench.load.Rig;
import dev.npa.bench.load.Throughput;
import dev.npa.bench.peer.CShape;
import dev.npa.bench.peer.CShape.Figure;
import dev.npa.bench.peer.Peer;
import dev.npa.bench.peer.PeerLink;
import dev.npa.bench.table.Cell;
import dev.npa.bench.table.Table;
import dev.npa.testbed.Cores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Us beside others, run by run in turn: C of the same shape, and DPDK.
final class Beside {
  private static final int[] FRAME_BYTES = {64, 1518};
  private static final String OUR_WORK =
      "one copy (device, guest to guest), no buffer pool in between, IOMMU, anti-spoof and MAC"
          + " look-up among 8 pools, VLAN and multicast off but looked at, statistics; one process";

  private final BenchPlan plan;
  private final Rig.Maker rigs;
  private final Consumer<String> progress;

  private final Map<Integer, Floor> floors = new LinkedHashMap<>();

  /// What a frame costs where nothing is in its way.
  ///
  /// @param copyNanos to copy it, by memcpy
  /// @param wholeNanos all the way, in C on one core
  record Floor(double copyNanos, double wholeNanos) {}

  Beside(BenchPlan plan, Rig.Maker rigs, Consumer<String> progress) {
    this.plan = plan;
    this.rigs = rigs;
    this.progress = progress;
  }

  /// By frame size; empty if C was not measured.
  Map<Integer, Floor> floors() {
    return floors;
  }

  /// What the machine allows, and us beside it.
  List<Table> c() throws IOException, GeneralSecurityException {
    Optional<CShape> compiled = CShape.compile();
    if (compiled.isEmpty()) {
      return List.of(
          new Table(
              "c",
              "C of the same shape: not measured, there is no gcc",
              List.of(),
              List.of(),
              List.of()));
    }
    List<List<Cell>> floor = new ArrayList<>();
    List<List<Cell>> ratios = new ArrayList<>();
    try (CShape shape = compiled.get()) {
      for (Cores cores : Sweep.CORES) {
        try (Rig rig = rigs.passthrough(2, cores)) {
          List<ClosedLoop> flows = warm(rig);
          for (int bytes : FRAME_BYTES) {
            progress.accept(
                "beside C: %d bytes, %s core(s)".formatted(bytes, cores == Cores.ONE ? 1 : 2));
            double[] ours = new double[plan.runs()];
            double[] theirs = new double[plan.runs()];
            double[] copy = new double[plan.runs()];
            double[] handover = new double[plan.runs()];
            double[] paused = new double[plan.runs()];
            Figure figure = cores == Cores.ONE ? Figure.ONE_CORE : Figure.TWO_CORES;
            boolean measured = true;
            for (int i = 0; i < ours.length; i++) {
              ours[i] = once(rig, flows, bytes);
              Map<Figure, Sample> run = shape.run(bytes, plan.run(), 1);
              measured &= run.containsKey(figure);
              theirs[i] = value(run, figure);
              copy[i] = value(run, Figure.COPY);
              handover[i] = value(run, Figure.HANDOVER);
              paused[i] = value(run, Figure.PAUSED);
            }
            if (measured) {
              ratios.add(
                  row(
                      cores,
                      bytes,
                      "passthrough",
                      "C, gcc -O3",
                      new Sample(ours),
                      new Sample(theirs)));
            }
            if (cores == Cores.ONE) {
              double copyNanos = new Sample(copy).median();
              floors.put(bytes, new Floor(copyNanos, 1e9 / new Sample(theirs).median()));
              floor.add(
                  List.of(
                      Cell.of(bytes),
                      Cell.of(copyNanos, 2),
                      Cell.of((bytes - 4) / copyNanos, 1),
                      Cell.of(new Sample(handover).median(), 1),
                      Cell.of(new Sample(paused).median(), 2)));
            }
          }
        }
      }
    }
    return List.of(
        new Table(
            "memory",
            "What the memory system takes, measured in C beside the runs below",
            List.of(
                "bytes", "ns to copy a frame", "GB/s", "ns to hand a cache line over", "% paused"),
            floor,
            List.of(
                "Hand-over: from one core to the other, one way; 0 if there is one core.",
                "Paused: share of the time that the system stops threads which only spin, one on"
                    + " each core, for over 10 us at once. Above 1 %, no p99 can be below 10 us.")),
        ratioTable(
            "c",
            "Us and C of the same shape (tools/bench: shape.c), 64 and 1518 bytes",
            ratios,
            List.of(
                "C does per frame what we do: page table, anti-spoof, 8 MAC look-ups, one copy,"
                    + " counters.")));
  }

  private static double value(Map<Figure, Sample> run, Figure figure) {
    Sample sample = run.get(figure);
    return sample == null ? 0 : sample.median();
  }

  /// DPDK's fast paths and us.
  List<Table> peers() throws IOException, GeneralSecurityException {
    List<List<Cell>> ratios = new ArrayList<>();
    String version = "DPDK";
    Path directory = Files.createTempDirectory("npa-peers");
    Path socket = directory.resolve("link");
    try {
      for (Cores cores : Sweep.CORES) {
        for (Peer peer : Peer.values()) {
          try (PeerLink link = peer.start(cores, socket)) {
            version = link.version();
            try (Rig rig = rigs.passthrough(2, cores)) {
              ratios.addAll(beside(peer, link, rig, "passthrough", cores));
            }
            if (peer == Peer.VHOST_USER) {
              try (Rig rig = rigs.emulated(2, cores, Rig.RING)) {
                ratios.addAll(beside(peer, link, rig, "emulated", cores));
              }
            }
          }
          Files.deleteIfExists(socket);
        }
      }
    } finally {
      Files.deleteIfExists(socket);
      Files.deleteIfExists(directory);
    }
    List<String> notes = new ArrayList<>();
    notes.add("Per frame, we: " + OUR_WORK + ".");
    for (Peer peer : Peer.values()) {
      notes.add("Per frame, " + peer.title() + ": " + peer.work() + ".");
    }
    notes.add(
        version
            + ", Debian's build for any x86-64 CPU with run-time choice of AVX-512; not built for"
            + " this machine.");
    notes.add(
        "1 core: one forwarding core passes 256 frames round between both ends; each crossing"
            + " counts. 2 cores: txonly to rxonly. Rings of 256 descriptors, where DPDK is fastest"
            + " here; ours have 512.");
    return List.of(
        ratioTable("peers", "Us and DPDK, one way, bursts of 32, bytes with FCS", ratios, notes));
  }

  private List<List<Cell>> beside(Peer peer, PeerLink link, Rig rig, String path, Cores cores)
      throws IOException {
    List<List<Cell>> rows = new ArrayList<>();
    List<ClosedLoop> flows = warm(rig);
    for (int bytes : FRAME_BYTES) {
      progress.accept(
          "%s beside %s: %d bytes, %s core(s)"
              .formatted(path, peer.title(), bytes, cores == Cores.ONE ? 1 : 2));
      link.frames(bytes - 4);
      link.run(plan.run()); // warms caches and rings
      double[] ours = new double[plan.runs()];
      double[] theirs = new double[plan.runs()];
      for (int i = 0; i < ours.length; i++) {
        ours[i] = once(rig, flows, bytes);
        theirs[i] = link.run(plan.run());
      }
      rows.add(row(cores, bytes, path, peer.title(), new Sample(ours), new Sample(theirs)));
    }
    return rows;
  }

  private List<ClosedLoop> warm(Rig rig) {
    List<ClosedLoop> flows = Sweep.ring(rig, 1);
    Throughput.measure(
        rig, flows, FrameMix.of(64), new Throughput.Pace(plan.warmUp(), plan.settle(), 1));
    return flows;
  }

  private double once(Rig rig, List<ClosedLoop> flows, int bytes) {
    Throughput.Pace pace = new Throughput.Pace(plan.settle(), plan.run(), 1);
    return Throughput.measure(rig, flows, FrameMix.of(bytes), pace).framesPerSecond().median();
  }

  private static List<Cell> row(
      Cores cores, int bytes, String path, String who, Sample ours, Sample theirs) {
    return List.of(
        Cell.of(cores == Cores.ONE ? 1L : 2L),
        Cell.of(bytes),
        Cell.of(path),
        Cell.of(who),
        Cell.of(ours.median() / 1e6, 2),
        Cell.of(100 * ours.spread(), 0),
        Cell.of(theirs.median() / 1e6, 2),
        Cell.of(100 * theirs.spread(), 0),
        Cell.of(Ratio.of(ours, theirs).text()));
  }

  private Table ratioTable(String id, String title, List<List<Cell>> rows, List<String> notes) {
    List<String> all = new ArrayList<>(notes);
    all.add(
        "Ratio of the medians of %d runs of %d ms in turn (least to greatest of two neighbouring runs); none if the middle half of either side's runs spreads over more than %.0f %%."
            .formatted(plan.runs(), plan.run().toMillis(), 100 * Sample.MOST_SPREAD));
    return new Table(
        id,
        title,
        List.of(
            "cores",
            "bytes",
            "our path",
            "other",
            "our Mpps",
            "our +-%",
            "its Mpps",
            "its +-%",
            "ratio"),
        rows,
        all);
  }
}
