// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import static dev.npa.nic.i82576.I82576Registers.ICR;
import static dev.npa.nic.i82576.I82576Registers.ICR_VMMB;
import static dev.npa.nic.i82576.I82576Registers.MBVFICR;
import static dev.npa.nic.i82576.I82576Registers.MBVFIMR;
import static dev.npa.nic.i82576.I82576Registers.P2VMAILBOX;
import static dev.npa.nic.i82576.I82576Registers.VFLRE;
import static dev.npa.nic.i82576.I82576Registers.VFMAILBOX;
import static dev.npa.nic.i82576.I82576Registers.VMBMEM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.pci.Bar;
import org.junit.jupiter.api.Test;

class MailboxesTest {
  private static final int VFU = 4;
  private static final int PFU = 8;
  private final TestBed bed = new TestBed(2);
  private final Bar vf = bed.vf(0);
  private final Bar pf = bed.pf;

  /// The sequence in which an unmodified VF driver was seen to open a real device.
  @Test
  void opensAsSiliconDoes() {
    vf.write32(I82576Registers.VTEIMC, -1);
    vf.write32(I82576Registers.VTEIAC, 0);
    assertThat(vf.read32(I82576Registers.VTCTRL)).isZero();
    vf.write32(I82576Registers.VTCTRL, I82576Registers.CTRL_RST);
    assertThat(vf.read32(VFMAILBOX)).isEqualTo(0x80);
    assertThat(vf.read32(VFMAILBOX)).isZero();
    vf.write32(VFMAILBOX, 4);
    assertThat(vf.read32(VFMAILBOX)).isEqualTo(4);
    vf.write32(VMBMEM, 1);
    vf.write32(VFMAILBOX, 1);
    assertThat(vf.read32(VFMAILBOX)).isZero();

    assertThat(pf.read32(VFLRE)).isEqualTo(1);
    assertThat(pf.read32(MBVFICR)).isEqualTo(1);
    pf.write32(MBVFICR, 1);
    pf.write32(P2VMAILBOX, PFU);
    assertThat(pf.read32(VMBMEM)).isEqualTo(1);
    pf.write32(P2VMAILBOX, PFU | 2);
    pf.write32(VMBMEM, 0x8000_0001);
    pf.write32(VMBMEM + 4, 0x4D21_1B00);
    pf.write32(VMBMEM + 8, 0x0000_E8E2);
    pf.write32(P2VMAILBOX, 1);

    assertThat(vf.read32(VFMAILBOX)).isEqualTo(0x30);
    assertThat(vf.read32(VFMAILBOX)).isZero();
    vf.write32(VFMAILBOX, 4);
    assertThat(vf.read32(VFMAILBOX)).isEqualTo(4);
    assertThat(vf.read32(VMBMEM)).isEqualTo(0x8000_0001);
    assertThat(vf.read32(VMBMEM + 4)).isEqualTo(0x4D21_1B00);
    assertThat(vf.read32(VMBMEM + 8)).isEqualTo(0x0000_E8E2);
    vf.write32(VFMAILBOX, 2);
    assertThat(pf.read32(MBVFICR)).isEqualTo(1 << 16);
  }

  @Test
  void givesTheLockToOneSideOnly() {
    vf.write32(VFMAILBOX, VFU);
    pf.write32(P2VMAILBOX, PFU);
    assertThat(pf.read32(P2VMAILBOX)).isEqualTo(VFU);
    vf.write32(VFMAILBOX, 0);
    assertThat(pf.read32(P2VMAILBOX)).isZero();

    pf.write32(P2VMAILBOX, PFU);
    vf.read32(VFMAILBOX); // RSTD
    vf.write32(VFMAILBOX, VFU);
    assertThat(vf.read32(VFMAILBOX)).isEqualTo(PFU);
    pf.write32(P2VMAILBOX, 0);
    assertThat(vf.read32(VFMAILBOX)).isZero();
  }

  @Test
  void letsThePfTakeTheVfsLockAway() {
    vf.write32(VFMAILBOX, VFU);

    pf.write32(P2VMAILBOX, 1 << 4);

    assertThat(pf.read32(P2VMAILBOX)).isZero();
  }

  @Test
  void keepsSixteenWordsPerVf() {
    for (int i = 0; i < 16; i++) {
      vf.write32(VMBMEM + 4 * i, 100 + i);
      bed.vf(1).write32(VMBMEM + 4 * i, 200 + i);
    }
    for (int i = 0; i < 16; i++) {
      assertThat(pf.read32(VMBMEM + 4 * i)).isEqualTo(100 + i);
      assertThat(pf.read32(VMBMEM + 0x40 + 4 * i)).isEqualTo(200 + i);
    }
    vf.write32(VMBMEM + 0x40, 300);
    assertThat(vf.read32(VMBMEM + 0x40)).as("behind the last word").isZero();
    pf.write32(VMBMEM + 7 * 0x40, 1);
    assertThat(pf.read32(VMBMEM + 7 * 0x40)).as("there is no VF 7").isZero();
    pf.write32(P2VMAILBOX + 4 * 7, PFU);
    assertThat(pf.read32(P2VMAILBOX + 4 * 7)).isZero();
  }

  @Test
  void tellsThePfOfRequestsUnlessMasked() {
    assertThat(pf.read32(MBVFIMR)).isEqualTo(0xFF);
    pf.write32(MBVFIMR, 0x1FE);
    assertThat(pf.read32(MBVFIMR)).isEqualTo(0xFE);
    vf.write32(VFMAILBOX, 1);
    assertThat(pf.read32(ICR)).isZero();

    bed.vf(1).write32(VFMAILBOX, 2);

    assertThat(pf.read32(ICR)).isEqualTo(ICR_VMMB);
    assertThat(pf.read32(MBVFICR)).isEqualTo(1 << 17 | 1);
    pf.write32(MBVFICR, 1 << 17);
    assertThat(pf.read32(MBVFICR)).isEqualTo(1);
  }

  @Test
  void interruptsTheVfOnStatusAndAcknowledge() {
    bed.enableMessages(bed.nic.virtualFunction(0).function(), 0x40);
    vf.write32(I82576Registers.VTIVAR_MISC, 0x82);
    vf.write32(I82576Registers.VTEIAC, 7);
    vf.write32(I82576Registers.VTEIMS, 7);

    pf.write32(P2VMAILBOX, PFU);
    assertThat(bed.messages[0].take()).isEmpty();
    pf.write32(P2VMAILBOX, 1);
    assertThat(bed.messages[0].take()).containsExactly(0x42);
    pf.write32(P2VMAILBOX, 2);
    assertThat(bed.messages[0].take()).containsExactly(0x42);
  }

  @Test
  void clearsVflreByWritingOnes() {
    vf.write32(0, I82576Registers.CTRL_RST);
    bed.vf(1).write32(0, I82576Registers.CTRL_RST);
    pf.write32(VFLRE, 1);
    assertThat(pf.read32(VFLRE)).isEqualTo(2);
  }

  @Test
  void showsThePfsResetUntilItIsDone() {
    vf.read32(VFMAILBOX);
    pf.write32(I82576Registers.CTRL, I82576Registers.CTRL_RST);
    assertThat(vf.read32(VFMAILBOX)).isEqualTo(0x40);
    assertThat(vf.read32(VFMAILBOX)).as("not cleared by reading").isEqualTo(0x40);

    pf.write32(I82576Registers.CTRL_EXT, I82576Registers.CTRL_EXT_PFRSTD);

    assertThat(vf.read32(VFMAILBOX)).isEqualTo(0x80);
    assertThat(vf.read32(VFMAILBOX)).isZero();
  }
}
