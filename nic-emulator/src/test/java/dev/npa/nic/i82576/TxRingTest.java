// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import static dev.npa.nic.i82576.Frames.frame;
import static dev.npa.nic.i82576.Frames.mac;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TxRingTest {
  private final TestBed bed = new TestBed(2);
  private final QueueDriver sender = bed.driver(0);
  private final QueueDriver receiver = bed.driver(1);

  @Test
  void sendsNothingBeforeTheTailIsRung() {
    sender.queue(frame(mac(1), mac(0), 100), 100);

    bed.run();

    assertThat(receiver.receive()).isEmpty();
    assertThat(sender.isDone(0)).isFalse();
  }

  @Test
  void reportsDoneOnlyWhereAsked() {
    byte[] frame = frame(mac(1), mac(0), 100);
    sender.queueRaw(QueueDriver.TX_BUFFERS, QueueDriver.WHOLE | 100, 0);
    sender.queue(frame, 100);
    sender.ring();

    bed.run();

    assertThat(sender.isDone(0)).isFalse();
    assertThat(sender.isDone(1)).isTrue();
    assertThat(bed.vf(0).read32(0x3810)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 61, 64, 1000, 1514})
  void sendsFramesOfAllLengths(int length) {
    byte[] frame = frame(mac(1), mac(0), length);

    sender.send(frame);
    bed.run();

    assertThat(receiver.receive()).containsExactly(frame);
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 42, 59})
  void padsShortFrames(int length) {
    byte[] frame = frame(mac(1), mac(0), length);

    sender.send(frame);
    bed.run();

    assertThat(receiver.receive()).containsExactly(Arrays.copyOf(frame, 60));
  }

  @Test
  void doesNotPadWithoutPsp() {
    bed.pf.write32(I82576Registers.TCTL, I82576Registers.TCTL_EN);
    byte[] frame = frame(mac(1), mac(0), 17);

    sender.send(frame);
    bed.run();

    assertThat(receiver.receive()).containsExactly(frame);
  }

  @Test
  void gathersAFrameFromSeveralDescriptors() {
    byte[] frame = frame(mac(1), mac(0), 1000);
    sender.queue(frame, 5, 1, 494, 500);
    sender.ring();

    bed.run();

    assertThat(receiver.receive()).containsExactly(frame);
    assertThat(sender.isDone(2)).isFalse();
    assertThat(sender.isDone(3)).isTrue();
  }

  @Test
  void keepsTheBeginningOfAFrameUntilItsEndIsRung() {
    byte[] frame = frame(mac(1), mac(0), 200);
    sender.queue(frame, 100, 100);
    bed.vf(0).write32(0x3818, 1);
    bed.run();
    assertThat(receiver.receive()).isEmpty();

    sender.ring();
    bed.run();

    assertThat(receiver.receive()).containsExactly(frame);
  }

  @Test
  void keepsOrderAcrossManyWraps() {
    for (int i = 0; i < 1000; i++) {
      byte[] frame = frame(mac(1), mac(0), 60 + i);
      if (i % 3 == 0) {
        sender.queue(frame, 20, 40 + i);
      } else {
        sender.queue(frame, 60 + i);
      }
      sender.ring();
      bed.run();
      assertThat(receiver.receive()).as("frame %d", i).containsExactly(frame);
    }
  }

  @Test
  void sendsAFullRingAtOnce() {
    for (int i = 0; i < TestBed.RING_SIZE - 1; i++) {
      sender.queue(frame(mac(1), mac(0), 60 + i), 60 + i);
    }
    sender.ring();

    bed.run();

    assertThat(receiver.receive()).hasSize(TestBed.RING_SIZE - 1);
  }

  @Test
  void takesATailBeyondTheRingForEmpty() {
    sender.queue(frame(mac(1), mac(0), 100), 100);
    bed.vf(0).write32(0x3818, TestBed.RING_SIZE);

    bed.run();

    assertThat(receiver.receive()).isEmpty();
    assertThat(bed.vf(0).read32(0x3810)).isZero();
  }

  @Test
  void usesSixteenBitsOfTheTail() {
    sender.queue(frame(mac(1), mac(0), 100), 100);
    bed.vf(0).write32(0x3818, 0xABCD_0001);

    bed.run();

    assertThat(receiver.receive()).hasSize(1);
  }

  @Test
  void writesTheHeadInsteadOfDoneIfToldTo() {
    bed.vf(0).write32(0x3828, 0);
    bed.vf(0).write32(0x3838, 0x3_0000 | 1);
    sender.startTx();
    sender.send(frame(mac(1), mac(0), 100));
    sender.send(frame(mac(1), mac(0), 101));

    bed.run();

    assertThat(bed.memory[0].segment().get(ValueLayout.JAVA_INT, 0x3_0000)).isEqualTo(2);
    assertThat(sender.isDone(0)).isFalse();
  }

  @Test
  void acceptsLegacyDescriptors() {
    byte[] frame = frame(mac(1), mac(0), 100);
    sender.queue(frame, 100);
    sender.queueRaw(QueueDriver.TX_BUFFERS, TxDescriptor.EOP | TxDescriptor.RS | 100, 0);
    sender.ring();

    bed.run();

    assertThat(receiver.receive()).containsExactly(frame, frame);
    assertThat(sender.isDone(1)).isTrue();
  }

  @Test
  void sendsAFrameAfterAContextDescriptor() {
    byte[] frame = frame(mac(1), mac(0), 100);
    sender.queueRaw(0, TxDescriptor.DEXT | TxDescriptor.DTYP_CONTEXT | TxDescriptor.RS, 0);
    sender.queue(frame, 100);
    sender.ring();

    bed.run();

    assertThat(sender.isDone(0)).isTrue();
    assertThat(receiver.receive()).containsExactly(frame);
  }

  @Test
  void sendsNothingWithoutBusMaster() {
    bed.nic.virtualFunction(0).function().config().write(4, 2, 0);

    sender.send(frame(mac(1), mac(0), 100));
    bed.run();

    assertThat(receiver.receive()).isEmpty();
    assertThat(sender.isDone(0)).isFalse();
  }

  @Test
  void sendsNothingFromAPoolWithoutVfte() {
    bed.pf.write32(I82576Registers.VFTE, 0xFE);

    sender.send(frame(mac(1), mac(0), 100));
    bed.run();

    assertThat(receiver.receive()).isEmpty();
  }
}
