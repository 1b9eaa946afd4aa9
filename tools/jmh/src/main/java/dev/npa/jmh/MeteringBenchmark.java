// SPDX-License-Identifier: MIT
package dev.npa.jmh;

import dev.npa.plugin.NpaPlugin;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.searching.SearchingPlugin;

/// What the fuel counter costs where there is one: loops of which no bound can be proved, metered
/// by the gate, or as the compiler left them. In the sample plugin all loops on the data path are
/// proved; [PathBenchmark] has that.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 4, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 250, timeUnit = TimeUnit.MILLISECONDS)
public class MeteringBenchmark {
  /// How the plugin was loaded.
  @Param({"metered", "raw"})
  public String plugin;

  private NpaPlugin searching;

  /// Loads the plugin.
  @Setup
  public void load() throws IOException {
    searching =
        switch (plugin) {
          case "metered" -> Searching.metered();
          case "raw" -> Searching.raw();
          default -> throw new IllegalArgumentException("plugin " + plugin);
        };
    searching.swInit(null);
  }

  /// Per descriptor.
  @Benchmark
  @OperationsPerInvocation(SearchingPlugin.ROUNDS)
  public int reap(CpuTime cpu) {
    cpu.calls++;
    return searching.checkTxRing(null, 0);
  }

  /// Per link.
  @Benchmark
  @OperationsPerInvocation(SearchingPlugin.ROUNDS)
  public int chase(CpuTime cpu) {
    cpu.calls++;
    return searching.addBuffersToRxRing(null, 0);
  }

  /// Per word.
  @Benchmark
  @OperationsPerInvocation(SearchingPlugin.ROUNDS)
  public int search(CpuTime cpu) {
    cpu.calls++;
    return searching.checkRxRing(null, 0, SearchingPlugin.ROUNDS);
  }
}
