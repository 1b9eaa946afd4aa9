// SPDX-License-Identifier: MIT
package dev.npa.bench.load;

import dev.npa.nic.DeviceThread;
import dev.npa.shell.Shell;
import dev.npa.testbed.Await;
import dev.npa.testbed.Guest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/// What an idle host costs, and how long the first frame takes that ends the idleness.
///
/// Times are medians in nanoseconds, but for the last.
///
/// @param idleLoad processor time of the host's thread per time
/// @param floor from an unpark to the thread's first step: what the system takes
/// @param host from a doorbell to the first look of a device whose thread slept
/// @param median from the driver's call to the stack's
/// @param p99 the same, the 99th percentile
public record Wakeup(double idleLoad, long floor, long host, long median, long p99) {
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
    return new Wakeup(
        load,
        wakeThread(),
        wakeHost(),
        nanos.getValueAtPercentile(50),
        nanos.getValueAtPercentile(99));
  }

  private static long wakeThread() {
    AtomicLong looked = new AtomicLong();
    AtomicBoolean over = new AtomicBoolean();
    Thread sleeper =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  while (!over.get()) {
                    LockSupport.park();
                    looked.compareAndSet(0, System.nanoTime());
                  }
                });
    long median = median(looked, () -> LockSupport.unpark(sleeper));
    over.set(true);
    LockSupport.unpark(sleeper);
    return median;
  }

  private static long wakeHost() {
    AtomicLong looked = new AtomicLong();
    AtomicBoolean rung = new AtomicBoolean();
    try (DeviceThread thread = new DeviceThread("idle host")) {
      thread.add(
          () -> {
            boolean work = rung.getAndSet(false);
            if (work) {
              looked.set(System.nanoTime());
            }
            return work;
          });
      thread.start();
      return median(
          looked,
          () -> {
            rung.set(true);
            thread.ring();
          });
    }
  }

  /// @param looked is set by the one who is woken
  private static long median(AtomicLong looked, Runnable waker) {
    Histogram nanos = new Histogram(3);
    for (int i = 0; i < FRAMES; i++) {
      LockSupport.parkNanos(FALL_ASLEEP.toNanos());
      looked.set(0);
      long before = System.nanoTime();
      waker.run();
      if (!Await.until(() -> looked.get() != 0, LIMIT)) {
        throw new IllegalStateException("a thread did not wake up");
      }
      nanos.recordValue(Math.max(0, looked.get() - before));
    }
    return nanos.getValueAtPercentile(50);
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
