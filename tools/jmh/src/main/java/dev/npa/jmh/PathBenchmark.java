// SPDX-License-Identifier: MIT
package dev.npa.jmh;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// One ring on one thread: bursts of 32 from a guest's stack through plugin, device and plugin into
/// another guest's stack. The plugin metered by the gate, or as the compiler left it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class PathBenchmark {
  /// With FCS.
  @Param({"64", "1518"})
  public int frameBytes;

  /// How the plugin was loaded.
  @Param({"metered", "raw"})
  public String plugin;

  private Stepped path;

  /// Boots the guests.
  @Setup
  public void boot() throws IOException, GeneralSecurityException {
    Path image = Path.of(System.getProperty("npa.image"));
    path =
        switch (plugin) {
          case "metered" -> Stepped.gated(image);
          case "raw" -> Stepped.raw(image);
          default -> throw new IllegalArgumentException("plugin " + plugin);
        };
  }

  /// Per frame.
  @Benchmark
  @OperationsPerInvocation(Stepped.BURST)
  public long burst(CpuTime cpu) {
    cpu.calls++;
    return path.burst(frameBytes - 4);
  }

  /// Shuts the guests down.
  @TearDown
  public void shutDown() {
    path.close();
  }
}
