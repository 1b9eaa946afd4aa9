// SPDX-License-Identifier: MIT
package dev.npa.cli.packages;

import dev.npa.verifier.Gate;
import dev.npa.verifier.StageTiming;
import dev.npa.verifier.StageTiming.Stage;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How long the gates take once the JVM is warm, as it is in a hypervisor or a guest: medians over
/// many decisions on one package in this process.
record GateTimes(int runs, Map<Stage, long[]> nanos) {

  /// @param like decided the same before
  static GateTimes measure(byte[] bytes, Verification like, int runs) {
    Map<Stage, long[]> nanos = new EnumMap<>(Stage.class);
    for (int run = 0; run < runs; run++) {
      List<StageTiming> timings =
          Gate.admit(bytes, like.trust(), like.at(), like.policy()).timings();
      for (StageTiming timing : timings) {
        nanos.computeIfAbsent(timing.stage(), _ -> new long[runs])[run] = timing.nanos();
      }
    }
    return new GateTimes(runs, nanos);
  }

  void print(PrintWriter out) {
    out.println("warm, medians of " + runs + " decisions in this process:");
    nanos.forEach((stage, each) -> print(stage.name(), median(each), out));
    print("all but bytecode", median(sums(false)), out);
    print("all", median(sums(true)), out);
  }

  private static void print(String what, long nanos, PrintWriter out) {
    out.printf("  %-16s %8.3f ms%n", what.toLowerCase(Locale.ROOT), nanos / 1e6);
  }

  private long[] sums(boolean bytecode) {
    long[] sums = new long[runs];
    nanos.forEach(
        (stage, each) -> {
          if (bytecode || stage != Stage.BYTECODE) {
            for (int run = 0; run < runs; run++) {
              sums[run] += each[run];
            }
          }
        });
    return sums;
  }

  private static long median(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
