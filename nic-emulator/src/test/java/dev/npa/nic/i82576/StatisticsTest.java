// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import static dev.npa.nic.i82576.Frames.BROADCAST;
import static dev.npa.nic.i82576.Frames.MULTICAST;
import static dev.npa.nic.i82576.Frames.STRANGER;
import static dev.npa.nic.i82576.Frames.frame;
import static dev.npa.nic.i82576.Frames.mac;
import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.FramePort;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  private final TestBed bed = new TestBed(2);
  private final QueueDriver a = bed.driver(0);

  private void send(long destination, int length) {
    a.send(frame(destination, mac(0), length));
    bed.run();
  }

  private int[] counters(int vf, int... offsets) {
    int[] values = new int[offsets.length];
    for (int i = 0; i < offsets.length; i++) {
      values[i] = bed.vf(vf).read32(offsets[i]);
      assertThat(bed.pf.read32(0x10000 + 0x100 * vf + (offsets[i] & 0xFF)))
          .as("mirror, and not cleared by reading")
          .isEqualTo(values[i]);
    }
    return values;
  }

  @Test
  void countsPerVf() {
    bed.driver(1);
    send(mac(1), 100);
    send(BROADCAST, 60);
    send(STRANGER, 200);
    bed.fromWire(frame(mac(1), STRANGER, 300));

    assertThat(
            counters(
                0,
                I82576Registers.VFGPTC,
                I82576Registers.VFGOTC,
                I82576Registers.VFGPTLBC,
                I82576Registers.VFGOTLBC,
                I82576Registers.VFGPRC))
        .containsExactly(3, 104 + 64 + 204, 2, 104 + 64, 0);
    assertThat(
            counters(
                1,
                I82576Registers.VFGPRC,
                I82576Registers.VFGORC,
                I82576Registers.VFMPRC,
                I82576Registers.VFGPRLBC,
                I82576Registers.VFGORLBC,
                I82576Registers.VFGPTC))
        .containsExactly(3, 104 + 64 + 304, 1, 2, 104 + 64, 0);
  }

  @Test
  void countsThePortAndClearsByReading() {
    bed.driver(1);
    send(mac(1), 100);
    send(BROADCAST, 60);
    send(MULTICAST, 60);
    send(STRANGER, 200);
    bed.fromWire(frame(mac(1), STRANGER, 300));
    bed.fromWire(frame(BROADCAST, STRANGER, 60));

    assertCleared(I82576Registers.GPTC, 3);
    assertCleared(I82576Registers.BPTC, 1);
    assertCleared(I82576Registers.MPTC, 1);
    assertCleared(I82576Registers.GPRC, 2);
    assertCleared(I82576Registers.BPRC, 1);
    assertCleared(I82576Registers.MPRC, 0);
    assertCleared(I82576Registers.HGPTC, 4);
    assertCleared(I82576Registers.RPTHC, 5);
    assertWideCleared(I82576Registers.GOTCL, 64 + 64 + 204);
    assertWideCleared(I82576Registers.GORCL, 304 + 64);
    assertWideCleared(I82576Registers.HGOTCL, 104 + 64 + 64 + 204);
    assertWideCleared(I82576Registers.HGORCL, 104 + 64 + 304 + 64 + 64);
  }

  private void assertCleared(int offset, int value) {
    assertThat(bed.pf.read32(offset)).as("%x", offset).isEqualTo(value);
    assertThat(bed.pf.read32(offset)).isZero();
  }

  private void assertWideCleared(int offset, int value) {
    assertThat(bed.pf.read32(offset)).as("%x", offset).isEqualTo(value);
    assertThat(bed.pf.read32(offset)).as("the high half clears").isEqualTo(value);
    assertThat(bed.pf.read32(offset + 4)).isZero();
    assertThat(bed.pf.read32(offset)).isZero();
  }

  @Test
  void doesNotCountWhatTheWireRefused() {
    bed.nic.connect(
        new FramePort() {
          @Override
          public boolean offer(MemorySegment memory, long offset, int lengthBytes) {
            return false;
          }

          @Override
          public void flush() {
            // Takes nothing.
          }
        });
    send(STRANGER, 100);
    assertThat(a.isDone(0)).as("the queue does not wait").isTrue();
    assertThat(bed.pf.read32(I82576Registers.GPTC)).isZero();
    assertThat(bed.pf.read32(I82576Registers.HGPTC)).isEqualTo(1);
  }
}
