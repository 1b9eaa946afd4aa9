// SPDX-License-Identifier: MIT
package dev.npa.jmh;

import dev.npa.nic.i82576.I82576Registers;
import dev.npa.nic.pci.Bar;
import dev.npa.shell.Shell;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Where the time of a frame goes: each stage done for a batch of frames at once, on one thread,
/// with a clock around it.
///
/// Of the device only the whole can be timed from outside. Its stages are told apart by what is
/// left out: frames with a forged source stop after the anti-spoof check; with the receivers
/// disabled (VFRE) frames stop behind the switch; the copy alone is timed apart, on the same
/// buffers.
final class Stages {
  private static final int BATCH = 256;
  private static final int SPOOFED_BIT = 1 << 7;
  private static final int SOURCE_OFFSET = 11;
  private static final long WARM_UP_NANOS = 3_000_000_000L;
  private static final int POLLS = 2 * BATCH / 64;

  /// What of the device is left out.
  private enum Left {
    NOTHING,
    RECEIVING,
    SWITCHING
  }

  /// The clocks, one per stage that can be timed.
  private enum Clock {
    ENQUEUE,
    ADD_FRAME,
    DEVICE,
    RECEIVE,
    CHECK_RX,
    ADD_BUFFERS,
    CHECK_TX,
    COPY
  }

  private final Stepped path;
  private final int lengthBytes;
  private final int[] buffers = new int[BATCH];
  private final long[][] nanos; // by clock, then by batch
  private int batch;

  private Stages(Stepped path, int lengthBytes, int batches) {
    this.path = path;
    this.lengthBytes = lengthBytes;
    this.nanos = new long[Clock.values().length][batches];
  }

  /// @param lengthBytes without FCS
  /// @param batches measured; the median batch counts, so that an interruption does not
  /// @return nanoseconds per frame by stage, in the order of a frame's way
  static Map<String, Double> measure(Stepped path, int lengthBytes, int batches) {
    return new Stages(path, lengthBytes, batches).run();
  }

  private Map<String, Double> run() {
    long start = System.nanoTime();
    // All ways, or what is compiled for one is thrown away while the next is measured.
    while (System.nanoTime() - start < WARM_UP_NANOS) {
      for (Left left : Left.values()) {
        repeat(left);
      }
      copy();
    }
    repeat(Left.RECEIVING);
    double toSwitch = perFrame(Clock.DEVICE);
    repeat(Left.SWITCHING);
    double transmit = perFrame(Clock.DEVICE);
    repeat(Left.NOTHING);
    copy();
    double copy = perFrame(Clock.COPY);
    double plugin =
        perFrame(Clock.CHECK_RX) + perFrame(Clock.ADD_BUFFERS) + perFrame(Clock.CHECK_TX);
    Map<String, Double> stages = new LinkedHashMap<>();
    stages.put("stack and ledger", perFrame(Clock.ENQUEUE));
    stages.put("addFrameToTxRing", perFrame(Clock.ADD_FRAME));
    stages.put("device TX", transmit);
    stages.put("switch", toSwitch - transmit);
    stages.put("copy", copy);
    stages.put("device RX", perFrame(Clock.DEVICE) - toSwitch - copy);
    stages.put("checkRxRing", perFrame(Clock.CHECK_RX));
    stages.put("into the stack", perFrame(Clock.RECEIVE) - plugin);
    stages.put("addBuffersToRxRing", perFrame(Clock.ADD_BUFFERS));
    stages.put("checkTxRing", perFrame(Clock.CHECK_TX));
    return stages;
  }

  private double perFrame(Clock clock) {
    long[] sorted = nanos[clock.ordinal()].clone();
    Arrays.sort(sorted);
    return (double) sorted[sorted.length / 2] / BATCH;
  }

  private void count(Clock clock, long more) {
    nanos[clock.ordinal()][batch] += more;
  }

  private void repeat(Left left) {
    Bar bar = path.testbed().nic().physicalFunction().bar(0);
    int receivers = bar.read32(I82576Registers.VFRE);
    if (left == Left.RECEIVING) {
      bar.write32(I82576Registers.VFRE, 0);
    }
    for (long[] clock : nanos) {
      Arrays.fill(clock, 0);
    }
    for (batch = 0; batch < nanos[0].length; batch++) {
      send(left);
      pass();
    }
    bar.write32(I82576Registers.VFRE, receivers);
  }

  private void pass() {
    TimedPlugin.reset();
    long start = System.nanoTime();
    while (path.testbed().stepHost()) {
      // Until all of the batch is done.
    }
    long done = System.nanoTime();
    count(Clock.DEVICE, done - start);
    for (int i = 0; i < POLLS; i++) {
      path.to().poll();
      path.from().poll();
    }
    count(Clock.RECEIVE, System.nanoTime() - done);
    count(Clock.CHECK_RX, TimedPlugin.checkRxNanos);
    count(Clock.ADD_BUFFERS, TimedPlugin.addBuffersNanos);
    count(Clock.CHECK_TX, TimedPlugin.checkTxNanos);
  }

  /// The driver sends when it has 32 frames: that one call is timed apart from the others.
  private void send(Left left) {
    Shell from = path.from();
    for (int i = 0; i < BATCH; i++) {
      buffers[i] = from.transmitBuffer();
      path.frames().prepare(buffers[i]);
      spoof(from, buffers[i], left == Left.SWITCHING);
    }
    long start = System.nanoTime();
    for (int i = 0; i < BATCH; i++) {
      if (i % Stepped.BURST == Stepped.BURST - 1) {
        long last = System.nanoTime();
        count(Clock.ENQUEUE, last - start);
        boolean taken = from.send(buffers[i], lengthBytes, false);
        start = System.nanoTime();
        count(Clock.ADD_FRAME, start - last);
        if (!taken) {
          throw new IllegalStateException("the driver took " + i + " frames of " + BATCH);
        }
      } else {
        from.send(buffers[i], lengthBytes, true);
      }
    }
  }

  private static void spoof(Shell from, int buffer, boolean wanted) {
    MemorySegment memory = from.memory();
    long at = from.bufferOffset(buffer) + SOURCE_OFFSET;
    byte octet = memory.get(ValueLayout.JAVA_BYTE, at);
    if ((octet & SPOOFED_BIT) != 0 != wanted) {
      memory.set(ValueLayout.JAVA_BYTE, at, (byte) (octet ^ SPOOFED_BIT));
    }
  }

  /// From transmit buffers to as many others of the other guest, as far apart as receive buffers.
  private void copy() {
    MemorySegment source = path.from().memory();
    MemorySegment target = path.to().memory();
    for (batch = 0; batch < nanos[0].length; batch++) {
      long start = System.nanoTime();
      for (int buffer : buffers) {
        MemorySegment.copy(
            source,
            path.from().bufferOffset(buffer),
            target,
            path.to().bufferOffset(buffer),
            lengthBytes);
      }
      nanos[Clock.COPY.ordinal()][batch] = System.nanoTime() - start;
    }
  }
}
