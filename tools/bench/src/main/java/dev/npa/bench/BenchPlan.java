// SPDX-License-Identifier: MIT
package dev.npa.bench;

import dev.npa.bench.load.Throughput.Pace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// How long and how often everything is measured.
///
/// @param image the product's image, which holds the sample plugin
/// @param peers whether DPDK is measured too
/// @param parts where the JARs of the parts' benchmarks are; without them the stages are not
///   measured
/// @param warmUp for each new rig: its loop is compiled anew
/// @param settle before the first run of each point
/// @param run length of a run
/// @param runs of each point
/// @param trial length of an open-loop trial
/// @param soak length of the run that safepoints are counted in
public record BenchPlan(
    Path image,
    boolean peers,
    Optional<Path> parts,
    Duration warmUp,
    Duration settle,
    Duration run,
    int runs,
    Duration trial,
    Duration soak) {

  /// The plan of `npa bench --full`: under ten minutes.
  public static BenchPlan full(Path image, boolean peers, Optional<Path> parts) {
    return new BenchPlan(
        image,
        peers,
        parts,
        Duration.ofSeconds(3),
        Duration.ofMillis(100),
        Duration.ofMillis(200),
        7,
        Duration.ofMillis(1000),
        Duration.ofSeconds(60));
  }

  /// Everything once and hardly long enough to be right: for tests.
  static BenchPlan smoke(Path image) {
    Duration least = Duration.ofMillis(20);
    return new BenchPlan(
        image, false, Optional.empty(), least, least, least, Sample.LEAST_RUNS, least, least);
  }

  Pace pace() {
    return new Pace(settle, run, runs);
  }
}
