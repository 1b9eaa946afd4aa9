// SPDX-License-Identifier: MIT
package dev.npa.bench.load;

import dev.npa.bench.Sample;
import dev.npa.testbed.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Frames per second of flows in closed loop.
///
/// @param framesPerSecond delivered by all flows together, one value per run
/// @param allocatedPerFrame bytes that the threads of guests and host allocated per frame
/// @param lost frames sent and not delivered
public record Throughput(Sample framesPerSecond, double allocatedPerFrame, long lost) {
  private static final Duration STANDSTILL = Duration.ofSeconds(2);

  /// How long, how often.
  ///
  /// @param warmUp sending before the first run: the JIT needs one to four seconds once for a rig
  public record Pace(Duration warmUp, Duration run, int runs) {}

  /// One direction or several at once, bursts of 32.
  public static Throughput measure(Rig rig, List<ClosedLoop> flows, FrameMix mix, Pace pace) {
    return measure(rig, flows, mix, 32, pace);
  }

  public static Throughput measure(
      Rig rig, List<ClosedLoop> flows, FrameMix mix, int burst, Pace pace) {
    flows.forEach(flow -> flow.start(mix, burst, rig.window()));
    LockSupport.parkNanos(pace.warmUp().toNanos());
    long deliveredBefore = delivered(flows);
    long allocatedBefore = rig.testbed().allocatedBytes();
    double[] rates = new double[pace.runs()];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = run(flows, pace.run());
    }
    long allocated = rig.testbed().allocatedBytes() - allocatedBefore;
    long frames = delivered(flows) - deliveredBefore;
    flows.forEach(ClosedLoop::stop);
    Await.whileProgressing(
        () -> flows.stream().allMatch(ClosedLoop::settled), () -> delivered(flows), STANDSTILL);
    long lost = sent(flows) - delivered(flows);
    return new Throughput(
        new Sample(rates), (double) allocated / Math.max(1, frames), Math.max(0, lost));
  }

  /// Frames per second over one span of time, of flows that were started.
  public static double run(List<ClosedLoop> flows, Duration span) {
    long frames = delivered(flows);
    long start = System.nanoTime();
    LockSupport.parkNanos(span.toNanos());
    long nanos = System.nanoTime() - start;
    return (delivered(flows) - frames) * 1e9 / nanos;
  }

  private static long sent(List<ClosedLoop> flows) {
    return flows.stream().mapToLong(ClosedLoop::sent).sum();
  }

  private static long delivered(List<ClosedLoop> flows) {
    return flows.stream().mapToLong(ClosedLoop::delivered).sum();
  }
}
