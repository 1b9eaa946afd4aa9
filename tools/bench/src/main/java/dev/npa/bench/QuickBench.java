// SPDX-License-Identifier: MIT
package dev.npa.bench;

import dev.npa.bench.load.ClosedLoop;
import dev.npa.bench.load.FrameMix;
import dev.npa.bench.load.Rig;
import dev.npa.bench.load.Throughput;
import dev.npa.testbed.Cores;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Guest 1 to guest 2 in both modes, shortest and longest frame: half a minute.
public final class QuickBench {
  private static final int[] FRAME_BYTES = {64, 1518};
  private static final Duration WARM_UP = Duration.ofSeconds(4);
  private static final Duration RUN = Duration.ofSeconds(1);

  private final Path image;
  private final Throughput.Pace pace;

  /// @param image the product's image, which holds the sample plugin
  /// @param runs of each measurement, one second each
  public QuickBench(Path image, int runs) {
    this(image, new Throughput.Pace(WARM_UP, RUN, runs));
  }

  QuickBench(Path image, Throughput.Pace pace) {
    this.image = image;
    this.pace = pace;
  }

  /// Measures.
  ///
  /// @throws IOException if the image has no sample plugin
  public List<QuickResult> run() throws IOException, GeneralSecurityException {
    Rig.Maker rigs = new Rig.Maker(image);
    List<QuickResult> results = new ArrayList<>();
    // A host of its own for each path: what the JIT learnt from the other one is not shared.
    try (Rig rig = rigs.passthrough(2, Cores.TWO)) {
      measure(rig, "passthrough", results);
    }
    try (Rig rig = rigs.emulated(2, Cores.TWO, Rig.RING)) {
      measure(rig, "emulated", results);
    }
    return results;
  }

  private void measure(Rig rig, String path, List<QuickResult> results) {
    List<ClosedLoop> flows = Sweep.ring(rig, 1);
    for (int frameBytes : FRAME_BYTES) {
      Throughput measured = Throughput.measure(rig, flows, FrameMix.of(frameBytes), pace);
      results.add(
          new QuickResult(
              path,
              frameBytes,
              measured.framesPerSecond(),
              measured.allocatedPerFrame(),
              measured.lost()));
    }
  }
}
