// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import static dev.npa.nic.i82576.Frames.frame;
import static dev.npa.nic.i82576.Frames.mac;
import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.memory.IommuDomain;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A forged address faults and costs the VF its queue, nothing else: the other VF goes on.
class ForgedAddressTest {
  private static final long HOLE = 0x3F_0000;
  private final TestBed bed = new TestBed(3);
  private final QueueDriver evil = bed.driver(0);
  private final QueueDriver peer = bed.driver(1);
  private final QueueDriver other = bed.driver(2);

  @BeforeEach
  void mapAllButAHole() {
    bed.domain[0].unmapAll();
    bed.domain[0].map(0, 0, HOLE, IommuDomain.READ | IommuDomain.WRITE);
  }

  private void othersGoOn() {
    byte[] frame = frame(mac(1), mac(2), 100);
    other.send(frame);
    bed.run();
    assertThat(peer.receive()).containsExactly(frame);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {HOLE, HOLE - 50, 0x40_0000, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE, -1, -50})
  void transmitBuffer(long address) {
    evil.queueRaw(address, QueueDriver.WHOLE | TxDescriptor.RS | 100, 0);
    evil.ring();

    bed.run();

    assertThat(bed.domain[0].faults()).isEqualTo(1);
    assertThat(bed.domain[0].lastFaultIova()).isEqualTo(address);
    assertThat(evil.isDone(0)).as("the frame was not sent").isFalse();
    assertThat(bed.vf(0).read32(0x3810)).isZero();
    othersGoOn();
  }

  @Test
  void transmitBufferInTheMiddleOfABurst() {
    byte[] first = frame(mac(1), mac(0), 100);
    byte[] second = frame(mac(1), mac(0), 200);
    evil.queue(first, 100);
    evil.queue(second, 200);
    evil.queueRaw(HOLE, QueueDriver.WHOLE | TxDescriptor.RS | 100, 0);
    evil.queue(frame(mac(1), mac(0), 300), 300);
    evil.ring();

    bed.run();

    assertThat(peer.receive()).as("what came before was sent").containsExactly(first, second);
    assertThat(bed.domain[0].faults()).isEqualTo(1);
    assertThat(evil.isDone(1)).isTrue();
    assertThat(evil.isDone(2)).isFalse();
    assertThat(evil.isDone(3)).isFalse();
    assertThat(bed.vf(0).read32(0x3810)).as("TDH").isEqualTo(2);
    othersGoOn();
  }

  @Test
  void secondTransmitBufferOfAFrame() {
    evil.queueRaw(QueueDriver.TX_BUFFERS, QueueDriver.DATA | 100, 0);
    evil.queueRaw(HOLE, QueueDriver.WHOLE | TxDescriptor.RS | 100, 0);
    evil.ring();

    bed.run();

    assertThat(bed.domain[0].faults()).isEqualTo(1);
    assertThat(bed.wire.take()).isEmpty();
    othersGoOn();
  }

  @ParameterizedTest
  @ValueSource(ints = {(int) HOLE, 0x7FFF_FF80, 0xFFFF_FF80})
  void transmitRing(int base) {
    bed.vf(0).write32(0x3828, 0);
    bed.vf(0).write32(0x3800, base);
    bed.vf(0).write32(0x3804, base < 0 ? -1 : 0);
    bed.vf(0).write32(0x3828, I82576Registers.DCTL_ENABLE);
    bed.vf(0).write32(0x3818, 1);

    bed.run();

    assertThat(bed.domain[0].faults()).isEqualTo(1);
    othersGoOn();
  }

  @Test
  void transmitRingThatMayOnlyBeRead() {
    bed.domain[0].map(QueueDriver.TX_RING, QueueDriver.TX_RING, 4096, IommuDomain.READ);

    evil.send(frame(mac(1), mac(0), 100));
    bed.run();

    assertThat(bed.domain[0].faults()).isEqualTo(1);
    assertThat(evil.isDone(0)).isFalse();
    assertThat(peer.receive()).hasSize(1);
  }

  @Test
  void headWriteBack() {
    bed.vf(0).write32(0x3828, 0);
    bed.vf(0).write32(0x3838, (int) HOLE | 1);
    evil.startTx();
    evil.send(frame(mac(1), mac(0), 100));

    bed.run();

    assertThat(bed.domain[0].faults()).isEqualTo(1);
    assertThat(peer.receive()).hasSize(1);
    othersGoOn();
  }

  @ParameterizedTest
  @ValueSource(longs = {HOLE, HOLE - 50, 0x40_0000, 1L << 40, Long.MIN_VALUE, -1})
  void receiveBuffer(long address) {
    evil.rxDescriptor(0, address, 0);

    peer.send(frame(mac(0), mac(1), 100));
    peer.send(frame(mac(0), mac(1), 100));
    bed.run();

    assertThat(bed.domain[0].faults()).as("once, then the queue has halted").isEqualTo(1);
    assertThat(evil.rxStatus(0)).isZero();
    assertThat(bed.vf(0).read32(0x2800 + I82576Registers.RQDPC)).isEqualTo(2);
    othersGoOn();
  }

  @Test
  void secondReceiveBufferOfAFrame() {
    evil.startRx(0x8200_0001);
    evil.giveBuffers(8);
    evil.rxDescriptor(1, HOLE, 0);

    peer.send(frame(mac(0), mac(1), 1500));
    bed.run();

    assertThat(bed.domain[0].faults()).isEqualTo(1);
    assertThat(evil.rxStatus(0)).as("received whole or not at all").isZero();
  }

  @Test
  void receiveBufferThatMayOnlyBeRead() {
    bed.domain[0].map(QueueDriver.RX_BUFFERS, QueueDriver.RX_BUFFERS, 4096, IommuDomain.READ);

    peer.send(frame(mac(0), mac(1), 100));
    bed.run();

    assertThat(bed.domain[0].faults()).isEqualTo(1);
  }

  @Test
  void receiveRing() {
    bed.vf(0).write32(0x2828, 0);
    bed.vf(0).write32(0x2800, (int) HOLE);
    bed.vf(0).write32(0x2828, I82576Registers.DCTL_ENABLE);
    bed.vf(0).write32(0x2818, 8);

    peer.send(frame(mac(0), mac(1), 100));
    bed.run();

    assertThat(bed.domain[0].faults()).isEqualTo(1);
    othersGoOn();
  }

  @Test
  void receiveRingThatMayOnlyBeRead() {
    bed.domain[0].map(QueueDriver.RX_RING, QueueDriver.RX_RING, 4096, IommuDomain.READ);

    peer.send(frame(mac(0), mac(1), 100));
    bed.run();

    assertThat(bed.domain[0].faults()).isEqualTo(1);
    assertThat(evil.rxStatus(0)).isZero();
  }

  @Test
  void ringLengthBeyondMemory() {
    bed.vf(0).write32(0x3828, 0);
    bed.vf(0).write32(0x3800, (int) HOLE - 0x80);
    bed.vf(0).write32(0x3808, 0x000F_FFF0);
    bed.vf(0).write32(0x3828, I82576Registers.DCTL_ENABLE);
    bed.vf(0).write32(0x3818, 0xFFF0);

    bed.run();

    assertThat(bed.domain[0].faults()).isEqualTo(1);
    assertThat(bed.vf(0).read32(0x3810)).as("eight descriptors are mapped").isEqualTo(8);
  }

  @Test
  void messageAddress() {
    bed.enableMessages(bed.nic.virtualFunction(0).function(), 0x40);
    bed.nic.virtualFunction(0).function().bar(3).write32(0, 0x1000);
    bed.vf(0).write32(I82576Registers.VTEIMS, 7);

    bed.vf(0).write32(I82576Registers.VTEICS, 1);

    assertThat(bed.nic.virtualFunction(0).function().msiX().faults()).isEqualTo(1);
    assertThat(bed.messages[0].take()).isEmpty();
  }

  @Test
  void enablingAnewEndsTheHalt() {
    evil.queueRaw(HOLE, QueueDriver.WHOLE | 100, 0);
    evil.ring();
    bed.run();
    evil.rxDescriptor(0, HOLE, 0);
    peer.send(frame(mac(0), mac(1), 100));
    bed.run();

    evil.start();
    byte[] out = frame(mac(1), mac(0), 100);
    byte[] in = frame(mac(0), mac(1), 100);
    evil.send(out);
    peer.send(in);
    bed.run();

    assertThat(peer.receive()).containsExactly(out);
    assertThat(evil.receive()).containsExactly(in);
  }
}
