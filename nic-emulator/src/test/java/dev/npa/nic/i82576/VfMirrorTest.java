// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The PF's view of its VFs' registers. Counters in the mirrors: see StatisticsTest.
class VfMirrorTest {
  private static final int STRIDE = 0x100;
  private final TestBed bed = new TestBed(2);

  private static int mirror(int vf, int offset) {
    return I82576Registers.VF_CSR + STRIDE * vf + offset;
  }

  @Test
  void showsTheInterruptRegistersOfEachVf() {
    bed.vf(1).write32(I82576Registers.VTEIMS, 5);
    bed.vf(1).write32(I82576Registers.VTEIAC, 3);
    bed.vf(1).write32(I82576Registers.VTEIAM, 6);

    assertThat(bed.pf.read32(mirror(1, 0x24))).isEqualTo(5);
    assertThat(bed.pf.read32(mirror(1, 0x2C))).isEqualTo(3);
    assertThat(bed.pf.read32(mirror(1, 0x30))).isEqualTo(6);
    assertThat(bed.pf.read32(mirror(0, 0x24))).isZero();
  }

  @Test
  void masksAVfsInterruptsForThePf() {
    bed.vf(0).write32(I82576Registers.VTEIMS, 7);

    bed.pf.write32(mirror(0, 0x28), 2);

    assertThat(bed.vf(0).read32(I82576Registers.VTEIMS)).isEqualTo(5);
  }

  @Test
  void setsAndShowsACause() {
    bed.pf.write32(mirror(0, 0x20), 4);

    assertThat(bed.pf.read32(mirror(0, 0x80))).isEqualTo(4);
    assertThat(bed.vf(1).read32(I82576Registers.VTEICR)).isZero();
  }

  @Test
  void resetsAVf() {
    bed.vf(1).write32(I82576Registers.VTEIMS, 7);

    bed.pf.write32(mirror(1, 0), I82576Registers.CTRL_RST);

    assertThat(bed.vf(1).read32(I82576Registers.VTEIMS)).isZero();
    assertThat(bed.pf.read32(I82576Registers.VFLRE)).isEqualTo(2);
    assertThat(bed.pf.read32(I82576Registers.VFRE))
        .as("until the PF gives it anew")
        .isEqualTo(0xFD);
  }

  @Test
  void hasNothingElseAndNoVfThatIsNotEnabled() {
    for (int offset = 0; offset < 8 * STRIDE; offset += 4) {
      int vf = offset / STRIDE;
      int inMirror = offset % STRIDE;
      boolean interrupt = inMirror >= 0x20 && inMirror <= 0x30 || inMirror == 0x80;
      if (vf >= 2 || !interrupt && inMirror != 0) {
        bed.pf.write32(mirror(0, offset), -1);
        assertThat(bed.pf.read32(mirror(0, offset))).as("%x", offset).isZero();
      }
    }
  }
}
