// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import static dev.npa.nic.i82576.Frames.frame;
import static dev.npa.nic.i82576.Frames.mac;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// However a queue is stopped, what its doorbell covers is sent and completed first.
class QueueStopTest {
  private final TestBed bed = new TestBed(2);
  private final QueueDriver sender = bed.driver(0);
  private final QueueDriver receiver = bed.driver(1);

  static Stream<Arguments> waysToStop() {
    return Stream.of(
        way("TXDCTL", bed -> bed.vf(0).write32(0x3828, 0)),
        way("TXDCTL by the PF", bed -> bed.pf.write32(0xE028, 0)),
        way("VFTE", bed -> bed.pf.write32(I82576Registers.VFTE, 0xFE)),
        way("TCTL", bed -> bed.pf.write32(I82576Registers.TCTL, 0)),
        way("VTCTRL", bed -> bed.vf(0).write32(0, I82576Registers.CTRL_RST)),
        way("VTCTRL's alias", bed -> bed.vf(0).write32(4, I82576Registers.CTRL_RST)),
        way("VTCTRL by the PF", bed -> bed.pf.write32(0x10000, I82576Registers.CTRL_RST)),
        way("FLR", bed -> bed.nic.virtualFunction(0).function().config().write(0xA8, 2, 1 << 15)));
  }

  private static Arguments way(String name, Consumer<TestBed> stop) {
    return Arguments.argumentSet(name, stop);
  }

  @ParameterizedTest
  @MethodSource("waysToStop")
  void finishesWhatWasRung(Consumer<TestBed> stop) {
    for (int i = 0; i < 60; i++) {
      sender.queue(frame(mac(1), mac(0), 60 + i), 60 + i);
    }
    sender.ring();
    sender.queue(frame(mac(1), mac(0), 1000), 1000);

    stop.accept(bed);

    assertThat(receiver.receive()).hasSize(60);
    assertThat(sender.isDone(59)).isTrue();
    sender.ring();
    bed.run();
    assertThat(receiver.receive()).as("stopped").isEmpty();
  }

  @Test
  void forgetsHalfAFrame() {
    sender.queueRaw(sender.txBuffer(0), QueueDriver.DATA | 100, 0);
    sender.ring();

    bed.vf(0).write32(0x3828, 0);
    sender.startTx();
    byte[] frame = frame(mac(1), mac(0), 100);
    sender.send(frame);
    bed.run();

    assertThat(receiver.receive()).containsExactly(frame);
  }

  @Test
  void takesTheHeadFromSoftwareWhileDisabledOnly() {
    bed.vf(0).write32(0x3810, 9);
    assertThat(bed.vf(0).read32(0x3810)).isZero();
    bed.vf(0).write32(0x3828, 0);
    bed.vf(0).write32(0x3810, 9);
    assertThat(bed.vf(0).read32(0x3810)).isEqualTo(9);
  }

  @Test
  void startsReceivingAtDescriptorZero() {
    sender.send(frame(mac(1), mac(0), 100));
    bed.run();
    assertThat(bed.vf(1).read32(0x2810)).isEqualTo(1);
    bed.vf(1).write32(0x2810, 5);
    assertThat(bed.vf(1).read32(0x2810)).as("read-only").isEqualTo(1);

    receiver.start();

    assertThat(bed.vf(1).read32(0x2810)).isZero();
  }

  @Test
  void resetLeavesQueuesDeadUntilThePfEnablesThem() {
    bed.vf(0).write32(0, I82576Registers.CTRL_RST);
    assertThat(bed.vf(0).read32(0)).as("clears itself").isZero();
    assertThat(bed.pf.read32(I82576Registers.VFTE)).isEqualTo(0xFE);
    assertThat(bed.pf.read32(I82576Registers.VFRE)).isEqualTo(0xFE);
    assertThat(bed.pf.read32(I82576Registers.VFLRE)).isEqualTo(1);
    assertThat(bed.pf.read32(I82576Registers.ICR)).isEqualTo(I82576Registers.ICR_VMMB);
    sender.start();
    sender.send(frame(mac(1), mac(0), 100));
    bed.run();
    assertThat(receiver.receive()).isEmpty();

    bed.pf.write32(I82576Registers.VFTE, 0xFF);
    bed.run();

    assertThat(receiver.receive()).hasSize(1);
  }

  @Test
  void pfResetStopsAndClearsEverything() {
    bed.pf.write32(I82576Registers.CTRL, I82576Registers.CTRL_RST);

    assertThat(bed.pf.read32(I82576Registers.CTRL) & I82576Registers.CTRL_RST).isZero();
    assertThat(bed.pf.read32(I82576Registers.RAH)).isZero();
    assertThat(bed.pf.read32(I82576Registers.MRQC)).isZero();
    assertThat(bed.vf(0).read32(0x3828)).isZero();
    assertThat(bed.vf(0).read32(I82576Registers.VFMAILBOX))
        .isEqualTo(I82576Registers.VFMAILBOX_RSTI);
    sender.send(frame(mac(1), mac(0), 100));
    bed.run();
    assertThat(receiver.receive()).isEmpty();
  }
}
