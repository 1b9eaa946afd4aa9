// SPDX-License-Identifier: MIT
package dev.npa.bench;

import java.io.PrintWriter;
import java.util.List;

/// One row of `npa bench` in its quick form.
///
/// @param path `passthrough` or `emulated`
/// @param frameBytes frame length with FCS
/// @param framesPerSecond one value per run
/// @param allocatedPerFrame bytes allocated per frame in all runs together, guests' thread and
///   host's thread
/// @param lost frames that did not arrive: they found the receive ring full
public record QuickResult(
    String path, int frameBytes, Sample framesPerSecond, double allocatedPerFrame, long lost) {

  private static final int PREAMBLE_AND_GAP_BYTES = 20;

  /// What the median would take on a wire.
  private double gigabits() {
    return framesPerSecond.median() * (frameBytes + PREAMBLE_AND_GAP_BYTES) * 8 / 1e9;
  }

  /// @param results at least one
  public static void printTable(List<QuickResult> results, PrintWriter out) {
    out.printf(
        "%-12s %6s %9s %9s %9s %9s %12s %11s%n",
        "path", "bytes", "Mpps", "min", "max", "Gbit/s", "B allocated", "undelivered");
    for (QuickResult result : results) {
      Sample mpps = result.framesPerSecond.dividedBy(1e6);
      out.printf(
          "%-12s %6d %9.2f %9.2f %9.2f %9.1f %12.3f %,11d%n",
          result.path,
          result.frameBytes,
          mpps.median(),
          mpps.min(),
          mpps.max(),
          result.gigabits(),
          result.allocatedPerFrame,
          result.lost);
    }
    out.println();
    out.println(
        "Mpps: delivered to guest 2, median of "
            + results.getFirst().framesPerSecond.values().length
            + " runs of 1 s. B allocated: per delivered frame, both threads.");
  }
}
