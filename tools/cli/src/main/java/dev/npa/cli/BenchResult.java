// SPDX-License-Identifier: MIT
package dev.npa.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;

/// One row of `npa bench`.
///
/// @param path `passthrough` or `emulated`
/// @param frameBytes frame length with FCS
/// @param framesPerSecond one value per run, ascending
/// @param allocatedPerFrame bytes allocated per frame in all runs together, guests' thread and
///   host's thread
/// @param sent frames handed to the driver in all runs
/// @param delivered frames that arrived; the rest found the receive ring full
@SuppressWarnings("ArrayRecordComponent") // A carrier from bench to table; never compared.
record BenchResult(
    String path,
    int frameBytes,
    double[] framesPerSecond,
    double allocatedPerFrame,
    long sent,
    long delivered) {

  private static final int PREAMBLE_AND_GAP_BYTES = 20;

  BenchResult {
    framesPerSecond = framesPerSecond.clone();
    Arrays.sort(framesPerSecond);
  }

  double median() {
    int middle = framesPerSecond.length / 2;
    return framesPerSecond.length % 2 == 1
        ? framesPerSecond[middle]
        : (framesPerSecond[middle - 1] + framesPerSecond[middle]) / 2;
  }

  /// What the median would take on a wire.
  private double gigabits() {
    return median() * (frameBytes + PREAMBLE_AND_GAP_BYTES) * 8 / 1e9;
  }

  static void printTable(List<BenchResult> results, PrintWriter out) {
    out.printf(
        "%-12s %6s %9s %9s %9s %9s %12s %11s%n",
        "path", "bytes", "Mpps", "min", "max", "Gbit/s", "B allocated", "undelivered");
    for (BenchResult result : results) {
      double[] rates = result.framesPerSecond;
      out.printf(
          "%-12s %6d %9.2f %9.2f %9.2f %9.1f %12.3f %,11d%n",
          result.path,
          result.frameBytes,
          result.median() / 1e6,
          rates[0] / 1e6,
          rates[rates.length - 1] / 1e6,
          result.gigabits(),
          result.allocatedPerFrame,
          result.sent - result.delivered);
    }
    out.println();
    out.println(
        "Mpps: delivered to guest 2, median of "
            + results.getFirst().framesPerSecond.length
            + " runs of 1 s. B allocated: per delivered frame, both threads.");
  }

  static void printJson(List<BenchResult> results, PrintWriter out) throws IOException {
    try (JsonGenerator json = Json.generator(out)) {
      json.writeStartObject();
      json.writeArrayFieldStart("results");
      for (BenchResult result : results) {
        json.writeStartObject();
        json.writeStringField("path", result.path);
        json.writeNumberField("frameBytes", result.frameBytes);
        json.writeFieldName("framesPerSecond");
        json.writeArray(result.framesPerSecond, 0, result.framesPerSecond.length);
        json.writeNumberField("median", result.median());
        json.writeNumberField("allocatedPerFrame", result.allocatedPerFrame);
        json.writeNumberField("sent", result.sent);
        json.writeNumberField("delivered", result.delivered);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.println();
  }
}
