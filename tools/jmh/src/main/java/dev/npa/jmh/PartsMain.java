// SPDX-License-Identifier: MIT
package dev.npa.jmh;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Measures the parts and prints one figure per line: a kind, a name, a frame size, nanoseconds per
/// frame. `npa bench --full` reads that.
public final class PartsMain {
  private static final int[] FRAME_BYTES = {64, 1518};
  private static final long WARM_UP_NANOS = 4_000_000_000L;
  private static final int WARM_UP_BURSTS = 1_000;

  private PartsMain() {}

  /// @param args number of batches per stage, number of pairs of runs, whether JMH runs too
  public static void main(String[] args)
      throws IOException, GeneralSecurityException, RunnerException {
    int batches = Integer.parseInt(args[0]);
    int pairs = Integer.parseInt(args[1]);
    Path image = Path.of(System.getProperty("npa.image"));
    for (int frameBytes : FRAME_BYTES) {
      try (Stepped path = Stepped.timed(image)) {
        for (Map.Entry<String, Double> stage :
            Stages.measure(path, frameBytes - 4, batches).entrySet()) {
          print("stage", stage.getKey(), frameBytes, stage.getValue());
        }
      }
      try (Stepped metered = Stepped.gated(image);
          Stepped raw = Stepped.raw(image)) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < WARM_UP_NANOS) {
          nanosPerFrame(metered, frameBytes, WARM_UP_BURSTS);
          nanosPerFrame(raw, frameBytes, WARM_UP_BURSTS);
        }
        for (int i = 0; i < pairs; i++) {
          print("pair", "metered", frameBytes, nanosPerFrame(metered, frameBytes, 20 * batches));
          print("pair", "raw", frameBytes, nanosPerFrame(raw, frameBytes, 20 * batches));
        }
      }
    }
    if (Boolean.parseBoolean(args[2])) {
      jmh(image);
    }
  }

  private static double nanosPerFrame(Stepped path, int frameBytes, int bursts) {
    long frames = path.delivered();
    long start = System.nanoTime();
    for (int i = 0; i < bursts; i++) {
      path.burst(frameBytes - 4);
    }
    long nanos = System.nanoTime() - start;
    return (double) nanos / (path.delivered() - frames);
  }

  private static void jmh(Path image) throws RunnerException {
    for (RunResult result :
        new Runner(
                new OptionsBuilder()
                    .include(PathBenchmark.class.getName())
                    .jvmArgsAppend("-Dnpa.image=" + image)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run()) {
      print(
          "jmh",
          result.getParams().getParam("plugin"),
          Integer.parseInt(result.getParams().getParam("frameBytes")),
          result.getPrimaryResult().getScore());
    }
  }

  private static void print(String kind, String name, int frameBytes, double nanos) {
    System.out.printf(Locale.ROOT, "%s\t%s\t%d\t%.3f%n", kind, name, frameBytes, nanos);
  }
}
