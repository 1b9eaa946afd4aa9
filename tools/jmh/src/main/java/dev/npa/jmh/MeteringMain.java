// SPDX-License-Identifier: MIT
package dev.npa.jmh;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Metered against unmetered in one JMH run, and whether it keeps the limit of 2 %:
///
/// ```
/// java -cp 'tools/jmh/target/launcher/parts/*' -Dnpa.image=tools/cli/target/launcher/image \
///   dev.npa.jmh.MeteringMain
/// ```
///
/// `path` is the sample plugin, whose loops are proved; the others have loops that are metered. The
/// ratio is that of the medians of all iterations. Where the middle half of either is wider than 5
/// %, the machine was not quiet, and the line says so. Exit code 1 if a ratio is above the limit.
public final class MeteringMain {
  private static final double LIMIT = 1.02;
  private static final double QUIET = 0.05;

  private MeteringMain() {}

  /// Median and middle half of some figures, in nanoseconds.
  private record Spread(double low, double median, double high, double least) {
    static Spread of(double[] figures) {
      double[] sorted = figures.clone();
      Arrays.sort(sorted);
      int n = sorted.length;
      return new Spread(sorted[n / 4], sorted[n / 2], sorted[n - 1 - n / 4], sorted[0]);
    }

    boolean isQuiet() {
      return high - low <= QUIET * median;
    }
  }

  /// @param args names of benchmarks, `path`, `reap`, `chase`, `search`; none for all
  public static void main(String[] args) throws RunnerException {
    List<String> chosen =
        args.length == 0 ? List.of("path", "reap", "chase", "search") : List.of(args);
    boolean kept = true;
    for (String name : chosen) {
      kept &= compare(name);
    }
    System.exit(kept ? 0 : 1);
  }

  private static boolean compare(String name) throws RunnerException {
    Map<String, Spread> spreads = new TreeMap<>();
    for (RunResult result : new Runner(options(name).build()).run()) {
      spreads.put(result.getParams().getParam("plugin"), Spread.of(iterations(result)));
    }
    Spread metered = spreads.get("metered");
    Spread raw = spreads.get("raw");
    double ratio = metered.median() / raw.median();
    System.out.printf(
        Locale.ROOT,
        "%-6s metered %.3f ns (%.3f to %.3f), raw %.3f ns (%.3f to %.3f): ratio %.3f, of the least"
            + " %.3f; limit %.2f: %s%s%n",
        name,
        metered.median(),
        metered.low(),
        metered.high(),
        raw.median(),
        raw.low(),
        raw.high(),
        ratio,
        metered.least() / raw.least(),
        LIMIT,
        ratio <= LIMIT ? "kept" : "NOT KEPT",
        metered.isQuiet() && raw.isQuiet() ? "" : "; the machine was not quiet");
    return ratio <= LIMIT;
  }

  private static ChainedOptionsBuilder options(String name) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .jvmArgsAppend("-Dnpa.image=" + System.getProperty("npa.image", ""))
            .verbosity(VerboseMode.SILENT);
    return name.equals("path")
        ? options.include(PathBenchmark.class.getName()).param("frameBytes", "64")
        : options.include(MeteringBenchmark.class.getName() + "." + name + "$");
  }

  private static double[] iterations(RunResult result) {
    return result.getBenchmarkResults().stream()
        .flatMap(fork -> fork.getIterationResults().stream())
        .map(IterationResult::getPrimaryResult)
        .mapToDouble(figure -> figure.getScore())
        .toArray();
  }
}
