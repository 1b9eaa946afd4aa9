// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import static dev.npa.nic.i82576.Frames.frame;
import static dev.npa.nic.i82576.Frames.mac;
import static dev.npa.nic.i82576.I82576Registers.ICR;
import static dev.npa.nic.i82576.I82576Registers.ICS;
import static dev.npa.nic.i82576.I82576Registers.IMC;
import static dev.npa.nic.i82576.I82576Registers.IMS;
import static dev.npa.nic.i82576.TestBed.PF_POOL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.pci.Bar;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PfInterruptsTest {
  private static final int VENDOR_TEST_MASK = 0x77D4_FBFD;
  private final TestBed bed = new TestBed(1);
  private final Bar pf = bed.pf;
  private final Messages messages = bed.hostMessages;

  @BeforeEach
  void programMessages() {
    bed.enableMessages(bed.nic.physicalFunction(), 0x60);
  }

  static IntStream causes() {
    return IntStream.range(0, 31).map(i -> 1 << i).filter(bit -> (bit & VENDOR_TEST_MASK) != 0);
  }

  /// The vendor's own interrupt self-test.
  @ParameterizedTest
  @MethodSource("causes")
  void passesTheVendorsInterruptTest(int bit) {
    pf.write32(IMC, -1);
    pf.write32(ICR, -1);
    pf.write32(IMC, bit);
    pf.write32(ICS, bit);
    assertThat(messages.take()).as("masked").isEmpty();

    pf.write32(ICR, -1);
    pf.write32(IMS, bit);
    pf.write32(ICS, bit);
    assertThat(messages.take()).containsExactly(0x60);
    assertThat(pf.read32(ICR)).isEqualTo(bit);

    pf.write32(IMC, ~bit);
    pf.write32(ICS, ~bit & VENDOR_TEST_MASK);
    assertThat(messages.take()).as("the others are masked").isEmpty();
    assertThat(pf.read32(ICR) & bit).isZero();
  }

  @Test
  void hasOnlyTheCausesOfThe82576() {
    pf.write32(ICS, -1);
    assertThat(pf.read32(ICR)).isEqualTo(VENDOR_TEST_MASK);
    assertThat(pf.read32(ICR)).as("cleared by reading").isZero();
    pf.write32(IMS, -1);
    assertThat(pf.read32(IMS)).isEqualTo(VENDOR_TEST_MASK);
  }

  @Test
  void routesQueuesAndOthersByIvarWithMultipleVectors() {
    pf.write32(I82576Registers.GPIE, I82576Registers.GPIE_MULTIPLE_MSIX);
    pf.write32(I82576Registers.IVAR + 4 * PF_POOL, 0x8583);
    pf.write32(I82576Registers.IVAR_MISC, 0x9800);
    pf.write32(I82576Registers.EIMS, -1);
    pf.write32(I82576Registers.EIAC, -1);
    pf.write32(IMS, I82576Registers.ICR_VMMB);
    QueueDriver driver = bed.pfDriver();
    QueueDriver peer = bed.driver(0);

    peer.send(frame(mac(PF_POOL), mac(0), 100));
    bed.run();
    assertThat(messages.take()).containsExactly(0x63);
    driver.send(frame(mac(0), mac(PF_POOL), 100));
    bed.run();
    assertThat(messages.take()).containsExactly(0x65);
    bed.vf(0).write32(I82576Registers.VFMAILBOX, 1);
    assertThat(messages.take()).containsExactly(0x78);
  }

  @Test
  void reportsQueuesInIcrWithOneVector() {
    QueueDriver driver = bed.pfDriver();
    QueueDriver peer = bed.driver(0);
    peer.send(frame(mac(PF_POOL), mac(0), 100));
    bed.run();
    assertThat(pf.read32(ICR)).isEqualTo(I82576Registers.ICR_RXDW);
    driver.send(frame(mac(0), mac(PF_POOL), 100));
    bed.run();
    assertThat(pf.read32(ICR)).isEqualTo(I82576Registers.ICR_TXDW);
  }

  @Test
  void autoMasksAndAutoClears() {
    pf.write32(I82576Registers.EIMS, 0xFF);
    pf.write32(I82576Registers.EIAM, 0x0F);
    pf.write32(I82576Registers.EIAC, 0x03);
    pf.write32(I82576Registers.EICS, 0x05);
    assertThat(messages.take()).containsExactly(0x60, 0x62);
    assertThat(pf.read32(I82576Registers.EIMS)).isEqualTo(0xFA);
    assertThat(pf.read32(I82576Registers.EIAM)).isEqualTo(0x0F);
    assertThat(pf.read32(I82576Registers.EIAC)).isEqualTo(0x03);
    assertThat(pf.read32(I82576Registers.EICR)).isEqualTo(0x04);
    assertThat(pf.read32(I82576Registers.EICR)).as("cleared by reading").isZero();

    pf.write32(I82576Registers.EICS, 0x01);
    assertThat(messages.take()).isEmpty();
    pf.write32(I82576Registers.EIMS, 0x01);
    assertThat(messages.take()).containsExactly(0x60);
  }

  @Test
  void clearsCausesAndMasksByWritingOnes() {
    pf.write32(I82576Registers.EIMS, -1);
    assertThat(pf.read32(I82576Registers.EIMS)).isEqualTo(0x01FF_FFFF);
    pf.write32(I82576Registers.EIMC, 0x01FF_FF00);
    assertThat(pf.read32(I82576Registers.EIMS)).isEqualTo(0xFF);
    pf.write32(I82576Registers.EICS, -1);
    pf.write32(I82576Registers.EICR, 0x01FF_FFF0);
    assertThat(pf.read32(I82576Registers.EICR)).isEqualTo(0xF);
  }

  @Test
  void storesRoutingAndModeration() {
    for (int i = 0; i < 8; i++) {
      pf.write32(I82576Registers.IVAR + 4 * i, -1);
      assertThat(pf.read32(I82576Registers.IVAR + 4 * i)).isEqualTo(0x9F9F_9F9F);
    }
    for (int i = 0; i < 25; i++) {
      pf.write32(I82576Registers.EITR + 4 * i, 0x7A0);
      assertThat(pf.read32(I82576Registers.EITR + 4 * i)).isEqualTo(0x7A0);
    }
    pf.write32(I82576Registers.IVAR_MISC, -1);
    assertThat(pf.read32(I82576Registers.IVAR_MISC)).isEqualTo(0x9F9F);
    pf.write32(I82576Registers.GPIE, -1);
    assertThat(pf.read32(I82576Registers.GPIE)).isEqualTo(0xC000_0011);
    pf.write32(0x1540, -1);
    assertThat(pf.read32(0x1540)).as("nothing is there").isZero();
  }
}
