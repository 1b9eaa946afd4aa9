// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import static dev.npa.nic.i82576.Frames.STRANGER;
import static dev.npa.nic.i82576.Frames.frame;
import static dev.npa.nic.i82576.Frames.mac;
import static dev.npa.nic.i82576.Frames.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.FramePort;
import dev.npa.nic.MacAddress;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class SpoofingTest {
  private static final int CHECKED = I82576Registers.DTXSWC_LOOPBACK_ENABLE | 0x01;
  private final TestBed bed = new TestBed(2);
  private final QueueDriver sender = bed.driver(0);
  private final QueueDriver receiver = bed.driver(1);

  @Test
  void dropsAForgedSourceAddressAndCountsIt() {
    bed.pf.write32(I82576Registers.DTXSWC, CHECKED);

    sender.send(frame(mac(1), mac(1), 100));
    sender.send(frame(STRANGER, STRANGER, 100));
    byte[] honest = frame(mac(1), mac(0), 100);
    sender.send(honest);
    bed.run();

    assertThat(receiver.receive()).containsExactly(honest);
    assertThat(bed.wire.take()).isEmpty();
    assertThat(sender.isDone(0)).as("the driver gets its buffer back").isTrue();
    assertThat(bed.vf(0).read32(I82576Registers.VFGPTC)).isEqualTo(1);
    assertThat(bed.pf.read32(I82576Registers.SSVPC)).isEqualTo(2);
    assertThat(bed.pf.read32(I82576Registers.SSVPC)).as("clear on read").isZero();
    assertThat(bed.pf.read32(I82576Registers.WVBR)).isEqualTo(1);
    assertThat(bed.pf.read32(I82576Registers.WVBR)).as("clear on read").isZero();
  }

  @Test
  void tellsThePfIfSpoofIntIsSet() {
    bed.pf.write32(I82576Registers.DTXSWC, CHECKED);
    bed.pf.write32(I82576Registers.DTXCTL, 0);
    sender.send(frame(mac(1), mac(1), 100));
    bed.run();
    assertThat(bed.pf.read32(I82576Registers.ICR)).isZero();

    bed.pf.write32(I82576Registers.DTXCTL, I82576Registers.DTXCTL_SPOOF_INT);
    sender.send(frame(mac(1), mac(1), 100));
    bed.run();
    assertThat(bed.pf.read32(I82576Registers.ICR)).isEqualTo(I82576Registers.ICR_MDDET);
  }

  @Test
  void checksOnlyThePoolsItIsToldTo() {
    bed.pf.write32(I82576Registers.DTXSWC, I82576Registers.DTXSWC_LOOPBACK_ENABLE | 0x02);

    sender.send(frame(mac(1), STRANGER, 100));
    bed.run();

    assertThat(receiver.receive()).hasSize(1);
  }

  @Test
  void dropsAForgedVlan() {
    bed.pf.write32(I82576Registers.DTXSWC, I82576Registers.DTXSWC_LOOPBACK_ENABLE | 0x100);
    bed.pf.write32(I82576Registers.VLVF, I82576Registers.VLVF_ENABLE | 0x3 << 12 | 5);

    byte[] member = tagged(mac(1), mac(0), 0x6005, 100);
    sender.send(member);
    sender.send(tagged(mac(1), mac(0), 6, 100));
    bed.run();

    assertThat(receiver.receive()).containsExactly(member);
    assertThat(bed.pf.read32(I82576Registers.SSVPC)).isEqualTo(1);
  }

  /// The guest rewrites its buffer after the switch has looked at it.
  @Test
  void sendsToTheWireWhatWasChecked() {
    bed.pf.write32(I82576Registers.DTXSWC, CHECKED);
    MemorySegment guest = bed.memory[0].segment();
    bed.nic.connect(
        new FramePort() {
          @Override
          public boolean offer(MemorySegment memory, long offset, int lengthBytes) {
            MacAddress.write(guest, sender.txBuffer(0) + 6, STRANGER);
            return bed.wire.offer(memory, offset, lengthBytes);
          }

          @Override
          public void flush() {
            bed.wire.flush();
          }
        });
    byte[] frame = frame(STRANGER, mac(0), 100);

    sender.send(frame);
    bed.run();

    assertThat(bed.wire.take()).containsExactly(frame);
  }

  /// Both buffers are the same memory: what the receiver gets must still be what was checked.
  @Test
  void deliversWhatWasCheckedEvenOverItself() {
    bed.pf.write32(I82576Registers.DTXSWC, CHECKED);
    bed.nic.virtualFunction(1).assign(bed.domain[0], bed.messages[1]);
    QueueDriver overlapping =
        new QueueDriver(bed.memory[0], bed.vf(1), 0x2800, 0x3800, TestBed.RING_SIZE);
    overlapping.startRx(QueueDriver.SRRCTL_2K);
    overlapping.giveBuffers(1);
    overlapping.rxDescriptor(0, sender.txBuffer(0) + 3, 0);
    byte[] frame = frame(mac(1), mac(0), 100);

    sender.send(frame);
    bed.run();

    assertThat(MacAddress.read(bed.memory[0].segment(), sender.txBuffer(0) + 9)).isEqualTo(mac(0));
  }
}
