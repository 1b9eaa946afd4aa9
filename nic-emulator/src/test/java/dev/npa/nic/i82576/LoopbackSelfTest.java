// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import static dev.npa.nic.i82576.Frames.mac;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoopbackSelfTest {
  private static final int COPIES = 64;
  private static final int RING = 256;

  /// The vendor's loopback self-test on the PF: a frame of its patterns, 64 copies at a time, so
  /// often that both rings wrap. The frame is a broadcast; LLE stands for the PHY's loopback.
  @Test
  void physicalFunction() {
    TestBed bed = new TestBed(0);
    bed.pf.write32(
        I82576Registers.DTXSWC,
        I82576Registers.DTXSWC_LOOPBACK_ENABLE
            | 1 << I82576Registers.DTXSWC_LLE_SHIFT + TestBed.PF_POOL);
    QueueDriver driver =
        new QueueDriver(
                bed.hostMemory,
                bed.pf,
                I82576Registers.RX_QUEUE + 0x40 * TestBed.PF_POOL,
                I82576Registers.TX_QUEUE + 0x40 * TestBed.PF_POOL,
                RING)
            .start();
    byte[] frame = new byte[256];
    Arrays.fill(frame, (byte) 0xFF);
    Arrays.fill(frame, 128, 255, (byte) 0xAA);
    frame[138] = (byte) 0xBE;
    frame[140] = (byte) 0xAF;

    for (int round = 0; round < 2 * (RING / COPIES) + 2; round++) {
      int first = driver.txTail();
      for (int i = 0; i < COPIES; i++) {
        driver.queue(frame, frame.length);
      }
      driver.ring();
      bed.run();

      for (int i = 0; i < COPIES; i++) {
        assertThat(driver.isDone((first + i) % RING)).isTrue();
      }
      List<byte[]> received = driver.receive();
      assertThat(received).hasSize(COPIES);
      assertThat(received)
          .allSatisfy(
              copy -> {
                assertThat(copy[3]).isEqualTo((byte) 0xFF);
                assertThat(copy[138]).isEqualTo((byte) 0xBE);
                assertThat(copy[140]).isEqualTo((byte) 0xAF);
                assertThat(copy).isEqualTo(frame);
              });
    }
  }

  /// Two guests on a running device thread: everything arrives, once, in order, and the last
  /// message always comes after the last frame.
  @Test
  void betweenVfsOnTheDeviceThread() throws InterruptedException {
    TestBed bed = new TestBed(2);
    QueueDriver a = bed.driver(0);
    bed.enableMessages(bed.nic.virtualFunction(1).function(), 1);
    Object signal = new Object();
    AtomicInteger signals = new AtomicInteger();
    bed.nic
        .virtualFunction(1)
        .assign(
            bed.domain[1],
            (address, data) -> {
              synchronized (signal) {
                signals.incrementAndGet();
                signal.notifyAll();
              }
              return true;
            });
    QueueDriver b = bed.driver(1);
    bed.vf(1).write32(I82576Registers.VTIVAR, 0x80);
    bed.vf(1).write32(I82576Registers.VTEIAC, 7);
    bed.vf(1).write32(I82576Registers.VTEIMS, 7);
    try (bed.thread) {
      bed.thread.start();
      int received = 0;
      for (int round = 0; round < 2000; round++) {
        int count = 1 + round % 40;
        for (int i = 0; i < count; i++) {
          a.queue(Frames.frame(mac(1), mac(0), 60 + i), 60 + i);
        }
        a.ring();
        int expected = 0;
        while (expected < count) {
          int seen = signals.get();
          List<byte[]> frames = b.receive();
          for (byte[] frame : frames) {
            assertThat(frame).isEqualTo(Frames.frame(mac(1), mac(0), 60 + expected));
            expected++;
          }
          synchronized (signal) {
            while (frames.isEmpty() && signals.get() == seen) {
              signal.wait();
            }
          }
        }
        received += expected;
      }
      assertThat(bed.vf(1).read32(I82576Registers.VFGPRC)).isEqualTo(received);
    }
  }
}
