// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import static dev.npa.nic.i82576.Frames.frame;
import static dev.npa.nic.i82576.Frames.mac;
import static dev.npa.nic.i82576.I82576Registers.RQDPC;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RxRingTest {
  private static final int RX = I82576Registers.VF_RX_QUEUE;
  private final TestBed bed = new TestBed(1);

  private byte[] arrive(int length) {
    byte[] frame = frame(mac(0), Frames.STRANGER, length);
    bed.fromWire(frame);
    return frame;
  }

  @Test
  void writesLengthStatusAndDone() {
    QueueDriver driver = bed.driver(0);

    arrive(100);

    assertThat(driver.rxStatus(0)).isEqualTo(RxDescriptor.DD | RxDescriptor.EOP);
    assertThat(driver.rxLength(0)).isEqualTo(100);
    assertThat(driver.rxTag(0)).isZero();
    assertThat(bed.memory[0].segment().get(ValueLayout.JAVA_LONG, QueueDriver.RX_RING)).isZero();
    assertThat(bed.vf(0).read32(RX + I82576Registers.RDH)).isEqualTo(1);
  }

  @Test
  void leavesDescriptorsToSoftwareUntilTheBurstEnds() {
    QueueDriver driver = bed.driver(0);
    byte[] frame = frame(mac(0), Frames.STRANGER, 100);

    bed.nic.fromWire().offer(MemorySegment.ofArray(frame), 0, 100);

    assertThat(driver.rxStatus(0) & RxDescriptor.DD).isZero();
    bed.nic.fromWire().flush();
    assertThat(driver.receive()).containsExactly(frame);
  }

  @Test
  void neverUsesTheDescriptorAtTheTail() {
    QueueDriver driver = bed.newDriver(0, 8);
    driver.startRx(QueueDriver.SRRCTL_2K);
    driver.giveBuffers(7);

    for (int i = 0; i < 8; i++) {
      arrive(60 + i);
    }

    assertThat(driver.rxStatus(7)).isZero();
    assertThat(driver.receive()).hasSize(7);
    assertThat(bed.vf(0).read32(RX + RQDPC)).isEqualTo(1);
    assertThat(bed.vf(0).read32(RX + RQDPC)).as("clear on read").isZero();
  }

  @Test
  void dropsWithoutDescriptorsAndGoesOnWithNewOnes() {
    QueueDriver driver = bed.newDriver(0, 8);
    driver.startRx(QueueDriver.SRRCTL_2K);
    arrive(60);
    assertThat(driver.receive()).isEmpty();

    driver.giveBuffers(3);
    byte[] frame = arrive(61);

    assertThat(driver.receive()).containsExactly(frame);
  }

  @Test
  void countsAMissOnlyIfTheQueueMayNotDrop() {
    QueueDriver driver = bed.newDriver(0, 8);
    driver.startRx(QueueDriver.SRRCTL_2K);
    arrive(60);
    assertThat(bed.pf.read32(I82576Registers.MPC)).isZero();
    driver.startRx(QueueDriver.SRRCTL_2K & ~I82576Registers.SRRCTL_DROP_EN);
    arrive(60);
    assertThat(bed.pf.read32(I82576Registers.MPC)).isEqualTo(1);
    bed.pf.write32(I82576Registers.QDE, 1);
    arrive(60);
    assertThat(bed.pf.read32(I82576Registers.MPC)).isZero();
  }

  @Test
  void spreadsAFrameOverBuffersOfTheSizeInSrrctl() {
    bed.pf.write32(I82576Registers.VMOLR, TestBed.VMOLR_USUAL | I82576Registers.VMOLR_LPE | 9728);
    QueueDriver driver = bed.newDriver(0, 16);
    driver.startRx(0x8200_0001);
    driver.giveBuffers(15);

    byte[] frame = arrive(9000);

    assertThat(driver.rxLength(0)).isEqualTo(1024);
    assertThat(driver.rxStatus(0)).isEqualTo(RxDescriptor.DD);
    assertThat(driver.rxStatus(8)).isEqualTo(RxDescriptor.DD | RxDescriptor.EOP);
    assertThat(driver.rxLength(8)).isEqualTo(9000 - 8 * 1024);
    assertThat(driver.receive()).containsExactly(frame);
  }

  @Test
  void wrapsInTheMiddleOfAFrame() {
    QueueDriver driver = bed.newDriver(0, 8);
    driver.startRx(0x8200_0001);
    driver.giveBuffers(7);
    for (int i = 0; i < 50; i++) {
      byte[] frame = arrive(1400 + i);
      assertThat(driver.receive()).containsExactly(frame);
    }
  }

  @Test
  void dropsAFrameWholeIfItsDescriptorsDoNotSuffice() {
    QueueDriver driver = bed.newDriver(0, 8);
    driver.startRx(0x8200_0001);
    driver.giveBuffers(1);

    arrive(1400);

    assertThat(driver.rxStatus(0)).isZero();
    byte[] small = arrive(1024);
    assertThat(driver.receive()).containsExactly(small);
  }

  @Test
  void usesTheBufferSizeOfRctlIfSrrctlHasNone() {
    bed.pf.write32(I82576Registers.RCTL, I82576Registers.RCTL_RXEN | 3 << 16);
    QueueDriver driver = bed.newDriver(0, 8);
    driver.startRx(0x8200_0000);
    driver.giveBuffers(7);

    byte[] frame = arrive(300);

    assertThat(driver.rxLength(0)).isEqualTo(256);
    assertThat(driver.receive()).containsExactly(frame);
  }

  @Test
  void handsDescriptorsWithoutABufferBackUnchangedButForDone() {
    QueueDriver driver = bed.driver(0);
    driver.rxDescriptor(0, 0, 0xABCD_0000_0000L);

    arrive(100);

    long high = bed.memory[0].segment().get(ValueLayout.JAVA_LONG, QueueDriver.RX_RING + 8);
    assertThat(high).isEqualTo(0xABCD_0000_0000L | RxDescriptor.DD);
    assertThat(driver.rxLength(1)).isEqualTo(100);
  }

  @Test
  void writesLegacyDescriptorsIfToldTo() {
    QueueDriver driver = bed.newDriver(0, 8);
    driver.startRx(0x8000_0002);
    driver.giveBuffers(7);

    arrive(100);

    long high = bed.memory[0].segment().get(ValueLayout.JAVA_LONG, QueueDriver.RX_RING + 8);
    assertThat(high).isEqualTo(3L << 32 | 100);
    assertThat(bed.memory[0].segment().get(ValueLayout.JAVA_LONG, QueueDriver.RX_RING))
        .as("buffer address stays")
        .isEqualTo(QueueDriver.RX_BUFFERS);
  }

  @Test
  void padsFramesFromTheWire() {
    QueueDriver driver = bed.driver(0);

    byte[] frame = arrive(42);

    assertThat(driver.receive()).containsExactly(Arrays.copyOf(frame, 60));
  }

  @Test
  void dropsFragmentsAndGiantsFromTheWire() {
    QueueDriver driver = bed.driver(0);

    bed.fromWire(new byte[13]);
    bed.fromWire(new byte[9725]);
    arrive(1515);

    assertThat(driver.receive()).isEmpty();
    assertThat(bed.pf.read32(I82576Registers.RUC)).isEqualTo(1);
    assertThat(bed.pf.read32(I82576Registers.ROC)).isEqualTo(2);
  }

  @Test
  void receivesNothingWithoutBusMasterVfreRxenOrEnable() {
    QueueDriver driver = bed.driver(0);
    bed.nic.virtualFunction(0).function().config().write(4, 2, 0);
    arrive(60);
    bed.nic.virtualFunction(0).function().config().write(4, 2, 4);
    bed.pf.write32(I82576Registers.VFRE, 0xFE);
    arrive(60);
    bed.pf.write32(I82576Registers.VFRE, 0xFF);
    bed.pf.write32(I82576Registers.RCTL, 0);
    arrive(60);
    bed.pf.write32(I82576Registers.RCTL, I82576Registers.RCTL_RXEN);
    bed.vf(0).write32(RX + I82576Registers.RXDCTL, 0);
    arrive(60);

    assertThat(driver.receive()).isEmpty();
  }

  @Test
  void takesATailBeyondTheRingForEmpty() {
    QueueDriver driver = bed.newDriver(0, 8);
    driver.startRx(QueueDriver.SRRCTL_2K);
    bed.vf(0).write32(RX + I82576Registers.RDT, 8);

    arrive(100);
    arrive(1500);

    assertThat(bed.vf(0).read32(RX + RQDPC)).isEqualTo(2);
  }
}
