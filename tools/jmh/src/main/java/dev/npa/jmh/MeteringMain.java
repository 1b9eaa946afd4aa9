// SPDX-License-Identifier: MIT
package dev.npa.jmh;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Metered against unmetered, in turn, and whether the difference keeps the limit of 2 %:
///
/// ```
/// tools/npa version # builds, if need be
/// java -Dnpa.image=tools/cli/target/launcher/image -Dnpa.pairs=20 \
///   -cp 'tools/jmh/target/launcher/parts/*' dev.npa.jmh.MeteringMain
/// ```
///
/// `path` is the sample plugin under traffic, `reap`, `chase` and `search` are a plugin of which
/// every loop is metered. Each pair is two JVMs, one after the other, the first of them metered and
/// unmetered by turns; a JVM counts as its median iteration, in processor time. A line says the
/// median of the pairs' ratios, between which two it lies in 95 of 100 cases, and what follows:
/// kept if all of that is within the limit, not kept if all of it is beyond; undecided else, or if
/// the two are further apart than 5 %, as when the machine is not quiet. More pairs decide more.
///
/// Exit code 0 if all are kept, 1 if one is not, 3 if one is undecided.
public final class MeteringMain {
  private static final double LIMIT = 1.02;
  private static final double WIDEST = 0.05;
  private static final int PAIRS = Integer.getInteger("npa.pairs", 15);

  private MeteringMain() {}

  private enum Finding {
    KEPT(0),
    UNDECIDED(3),
    NOT_KEPT(1);

    final int exitCode;

    Finding(int exitCode) {
      this.exitCode = exitCode;
    }

    static Finding of(PairedRatio ratio) {
      if (ratio.high() - ratio.low() > WIDEST) {
        return UNDECIDED;
      }
      if (ratio.high() <= LIMIT) {
        return KEPT;
      }
      return ratio.low() > LIMIT ? NOT_KEPT : UNDECIDED;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /// @param args names of benchmarks, `path`, `reap`, `chase`, `search`; none for all
  public static void main(String[] args) throws RunnerException {
    if (PAIRS < PairedRatio.FEWEST) {
      throw new IllegalArgumentException("npa.pairs=" + PAIRS + ", fewest " + PairedRatio.FEWEST);
    }
    List<String> chosen =
        args.length == 0 ? List.of("path", "reap", "chase", "search") : List.of(args);
    Finding worst = Finding.KEPT;
    for (String name : chosen) {
      Finding found = compare(name);
      worst = found.compareTo(worst) > 0 ? found : worst;
    }
    System.exit(worst.exitCode);
  }

  private static Finding compare(String name) throws RunnerException {
    double[] metered = new double[PAIRS];
    double[] raw = new double[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
      if (i % 2 == 0) {
        metered[i] = fork(name, "metered");
        raw[i] = fork(name, "raw");
      } else {
        raw[i] = fork(name, "raw");
        metered[i] = fork(name, "metered");
      }
    }
    PairedRatio ratio = PairedRatio.of(metered, raw);
    Finding finding = Finding.of(ratio);
    System.out.printf(
        Locale.ROOT,
        "%-6s metered %.3f ns, raw %.3f ns: ratio %.3f, in 95 of 100 cases from %.3f to %.3f, by %d"
            + " pairs; limit %.2f: %s%n",
        name,
        median(metered),
        median(raw),
        ratio.median(),
        ratio.low(),
        ratio.high(),
        PAIRS,
        LIMIT,
        finding);
    return finding;
  }

  /// The median iteration of one JVM, in nanoseconds of processor time for each operation.
  private static double fork(String name, String plugin) throws RunnerException {
    RunResult result = new Runner(options(name, plugin).build()).runSingle();
    int operations = result.getParams().getOpsPerInvocation();
    return median(
        result.getBenchmarkResults().stream()
            .flatMap(fork -> fork.getIterationResults().stream())
            .mapToDouble(
                iteration ->
                    counted(iteration, "cpuNanos") / counted(iteration, "calls") / operations)
            .toArray());
  }

  private static double counted(IterationResult iteration, String what) {
    return iteration.getSecondaryResults().get(what).getScore();
  }

  private static double median(double[] figures) {
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    return PairedRatio.median(sorted);
  }

  private static ChainedOptionsBuilder options(String name, String plugin) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .jvmArgsAppend("-Dnpa.image=" + System.getProperty("npa.image", ""))
            .param("plugin", plugin)
            .forks(1)
            .verbosity(VerboseMode.SILENT);
    return name.equals("path")
        ? options
            .include(PathBenchmark.class.getName())
            .param("frameBytes", "64")
            .measurementIterations(9)
            .measurementTime(TimeValue.milliseconds(250))
        : options.include(MeteringBenchmark.class.getName() + "." + name + "$");
  }
}
