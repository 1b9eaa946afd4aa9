// SPDX-License-Identifier: MIT
package dev.npa.bench.load;

import dev.npa.shell.Shell;
import dev.npa.testbed.Await;
import dev.npa.testbed.Guest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/// What an idle host costs, and how long the first frame takes that ends the idleness.
///
/// @param idleLoad processor time of the host's thread per time
/// @param median nanoseconds from the driver's call to the stack's
/// @param p99 the same
public record Wakeup(double idleLoad, long median, long p99) {
  private static final int FRAMES = 200;
  private static final int FRAME_BYTES = 60;
  private static final Duration FALL_ASLEEP = Duration.ofMillis(5);
  private static final Duration IDLE = Duration.ofMillis(500);
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /// @throws IllegalStateException if a frame is lost
  public static Wakeup measure(Rig rig) {
    Guest from = rig.guest(0);
    TestFrames frames = new TestFrames(from, rig.guest(1));
    AtomicLong arrived = new AtomicLong();
    rig.guest(1).receiveInto((memory, offset, lengthBytes) -> arrived.set(System.nanoTime()));
    Histogram nanos = new Histogram(3);
    for (int i = 0; i < FRAMES; i++) {
      LockSupport.parkNanos(FALL_ASLEEP.toNanos());
      arrived.set(0);
      long sent = from.call(() -> send(from.shell(), frames));
      if (!Await.until(() -> arrived.get() != 0, LIMIT)) {
        throw new IllegalStateException("the first frame after idleness did not arrive");
      }
      nanos.recordValue(Math.max(0, arrived.get() - sent));
    }
    LockSupport.parkNanos(FALL_ASLEEP.toNanos());
    long cpu = rig.testbed().hostCpuNanos();
    long start = System.nanoTime();
    LockSupport.parkNanos(IDLE.toNanos());
    double load = (double) (rig.testbed().hostCpuNanos() - cpu) / (System.nanoTime() - start);
    return new Wakeup(load, nanos.getValueAtPercentile(50), nanos.getValueAtPercentile(99));
  }

  private static long send(Shell shell, TestFrames frames) {
    int buffer = shell.transmitBuffer();
    frames.prepare(buffer);
    long now = System.nanoTime();
    if (!shell.send(buffer, FRAME_BYTES, false)) {
      throw new IllegalStateException("an idle driver took no frame");
    }
    return now;
  }
}
