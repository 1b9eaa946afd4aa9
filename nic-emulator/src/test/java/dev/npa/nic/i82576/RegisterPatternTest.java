// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.pci.Bar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The vendor's register test for the 82576, and the same for the registers of a VF.
class RegisterPatternTest {
  private static final int[] PATTERNS = {0x5A5A_5A5A, 0xA5A5_A5A5, 0, -1};
  private final TestBed bed = new TestBed(1);

  private static void test(Bar bar, int offset, int readMask, int writeMask) {
    for (int pattern : PATTERNS) {
      bar.write32(offset, pattern & writeMask);
      assertThat(bar.read32(offset) & readMask)
          .as("%x at %x", pattern, offset)
          .isEqualTo(pattern & writeMask & readMask);
    }
  }

  private static int hex(String text) {
    return Integer.parseUnsignedInt(text, 16);
  }

  @ParameterizedTest
  @CsvSource({
    "FCAL,    28, 1, 0, FFFFFFFF",
    "FCAH,    2C, 1, 0, 0000FFFF",
    "FCT,     30, 1, 0, 0000FFFF",
    "VET,     38, 1, 0, FFFF",
    "RDBAL, 2800, 4, 100, FFFFFF80",
    "RDBAH, 2804, 4, 100, FFFFFFFF",
    "RDLEN, 2808, 4, 100, 000FFFF0",
    "RDBAL, C000, 8, 40, FFFFFF80",
    "RDBAH, C004, 8, 40, FFFFFFFF",
    "RDLEN, C008, 8, 40, 000FFFF0",
    "RDT,   2818, 4, 100, 0000FFFF",
    "RDT,   C018, 8, 40, 0000FFFF",
    "TDBAL, 3800, 4, 100, FFFFFF80",
    "TDBAH, 3804, 4, 100, FFFFFFFF",
    "TDLEN, 3808, 4, 100, 000FFFF0",
    "TDBAL, E000, 8, 40, FFFFFF80",
    "TDBAH, E004, 8, 40, FFFFFFFF",
    "TDLEN, E008, 8, 40, 000FFFF0",
    "FCRTH, 2168, 1, 0, 0000FFF0",
    "FCTTV,  170, 1, 0, 0000FFFF",
    "TIPG,   410, 1, 0, 3FFFFFFF",
    "RCTL,   100, 1, 0, 04CFB0FE",
    "RAL,   5400, 16, 8, FFFFFFFF",
    "RAH,   5404, 16, 8, 83FFFFFF",
    "RAL,   54E0, 8, 8, FFFFFFFF",
    "RAH,   54E4, 8, 8, 83FFFFFF",
    "MTA,   5200, 128, 4, FFFFFFFF",
    "UTA,   A000, 128, 4, FFFFFFFF",
    "VFTA,  5600, 128, 4, FFFFFFFF",
    "VLVF,  5D00, 32, 4, 800FFFFF",
    "VMOLR, 5AD0, 8, 4, DF033FFF",
    "VMVIR, 3700, 8, 4, C000FFFF",
    "RPLOLR, 5AF0, 1, 0, 40000000",
    "VT_CTL, 581C, 1, 0, 60000380",
    "MRQC,  5818, 1, 0, 01FF003F",
    "DTXSWC, 3500, 1, 0, 80FFFFFF",
    "DTXCTL, 3590, 1, 0, 7C",
    "VFRE,   C8C, 1, 0, FF",
    "VFTE,   C90, 1, 0, FF",
    "QDE,   2408, 1, 0, FFFF",
    "RLPML, 5004, 1, 0, 3FFF",
    "TCTL,   400, 1, 0, FFFFFFFF"
  })
  void physicalFunction(String name, String offset, int count, String stride, String mask) {
    for (int i = 0; i < count; i++) {
      test(bed.pf, hex(offset) + i * hex(stride), hex(mask), -1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "VMBMEM,  800, FFFFFFFF",
    "VMBMEM,  83C, FFFFFFFF",
    "PSRTYPE, F0C, FFFFFFFF",
    "EITR0,  1680, 7FFC",
    "EITR1,  1684, 7FFC",
    "EITR2,  1688, 7FFC",
    "IVAR,   1700, 83838383",
    "IVARM,  1740, 83",
    "RDBAL,  2800, FFFFFF80",
    "RDBAH,  2804, FFFFFFFF",
    "RDLEN,  2808, 000FFFF0",
    "SRRCTL, 280C, CFF03F7F",
    "RXCTL,  2814, FFFFFFFF",
    "RDT,    2818, 0000FFFF",
    "RXDCTL, 2828, 021F1F1F",
    "TDBAL,  3800, FFFFFF80",
    "TDBAH,  3804, FFFFFFFF",
    "TDLEN,  3808, 000FFFF0",
    "TDH,    3810, 0000FFFF",
    "TXCTL,  3814, FFFFFFFF",
    "TDT,    3818, 0000FFFF",
    "TXDCTL, 3828, 0A1F1F1F",
    "TDWBAL, 3838, FFFFFFFF",
    "TDWBAH, 383C, FFFFFFFF"
  })
  void virtualFunction(String name, String offset, String mask) {
    test(bed.vf(0), hex(offset), hex(mask), -1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "8, C4283",
    "F0C, 0",
    "152C, 0",
    "1530, 0",
    "1524, 0",
    "1680, 0",
    "1700, A0A0A0A",
    "1740, 0",
    "2800, 0",
    "280C, 400",
    "2810, 0",
    "2828, 10000",
    "2830, 0",
    "3814, 2A00",
    "3828, 0",
    "3810, 0",
    "24E8, 8",
    "34E8, 8"
  })
  void virtualFunctionAfterReset(String offset, String value) {
    bed.nic.physicalFunction().config().write(4, 2, 6);

    assertThat(bed.vf(0).read32(hex(offset))).isEqualTo(hex(value));
  }

  @ParameterizedTest
  @CsvSource({
    "5AD0, 80002600",
    "5AEC, 80002600",
    "C8C, FF",
    "C90, FF",
    "C84, FF",
    "3590, 44",
    "38, 8100",
    "100, 0",
    "C828, 0",
    "C028, 10000",
    "E014, 2A00"
  })
  void physicalFunctionAfterReset(String offset, String value) {
    bed.pf.write32(I82576Registers.CTRL, I82576Registers.CTRL_RST);

    assertThat(bed.pf.read32(hex(offset))).isEqualTo(hex(value));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x000C, 0x0840, 0x0C44, 0x0F00, 0x0F38, 0x0F4C, 0x1520, 0x1534, 0x168C, 0x1704, 0x281C,
        0x282C, 0x2840, 0x2900, 0x2918, 0x2928, 0x3840, 0x3900, 0x3928, 0x3FFC
      })
  void otherRegistersOfAVfReadAsZeroAndTakeNoWrite(int offset) {
    test(bed.vf(0), offset, -1, 0);
    bed.vf(0).write32(offset, -1);
    assertThat(bed.vf(0).read32(offset)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0x0008, 0x0F10, 0x0F14, 0x0F18, 0x0F50, 0x24E8, 0x34E8, 0x2810})
  void readOnlyRegistersOfAVfTakeNoWrite(int offset) {
    int before = bed.vf(0).read32(offset);
    bed.vf(0).write32(offset, ~before);
    assertThat(bed.vf(0).read32(offset)).isEqualTo(before);
  }

  @Test
  void statusTakesNoWrite() {
    int before = bed.pf.read32(I82576Registers.STATUS) & 0x7FFF_F3FF;
    bed.pf.write32(I82576Registers.STATUS, 0x7FFF_F3FF);
    assertThat(bed.pf.read32(I82576Registers.STATUS) & 0x7FFF_F3FF).isEqualTo(before);
  }

  @Test
  void everyOffsetOfEveryBarCanBeWrittenAndRead() {
    for (int pattern : PATTERNS) {
      for (int offset = 0; offset < bed.pf.sizeBytes(); offset += 4) {
        bed.pf.write32(offset, pattern);
        bed.pf.read32(offset);
      }
      for (int offset = 0; offset < bed.vf(0).sizeBytes(); offset += 4) {
        bed.vf(0).write32(offset, pattern);
        bed.vf(0).read32(offset);
        bed.nic.virtualFunction(0).function().bar(3).write32(offset, pattern);
        bed.nic.virtualFunction(0).function().bar(3).read32(offset);
      }
      bed.run();
    }
  }

  @Test
  void theTimerRuns() {
    int before = bed.vf(0).read32(I82576Registers.FRTIMER);
    int later = before;
    while (later == before) {
      later = bed.pf.read32(I82576Registers.FRTIMER);
    }
    assertThat(later - before).isPositive();
  }
}
