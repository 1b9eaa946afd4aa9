// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.pci.ConfigSpace;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Registers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IdentityTest {
  private final TestGuest guest = new TestGuest();
  private final ConfigSpace config = guest.device.function().config();

  @Test
  void isVmwaresVmxnet3() {
    assertThat(config.read(0x00, 4)).isEqualTo(0x07B015AD);
    assertThat(config.read(0x08, 4)).isEqualTo(0x02000001);
    assertThat(config.read(0x2C, 4)).isEqualTo(0x07B015AD);
    assertThat(config.read(0x0E, 1)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0,0x1000", "1,0x1000", "2,0x2000", "3,0", "4,0x10000", "5,0"})
  void tellsTheSizeOfItsBars(int bar, int sizeBytes) {
    config.write(0x10 + 4 * bar, 4, -1);

    assertThat(config.read(0x10 + 4 * bar, 4)).isEqualTo(-sizeBytes);
  }

  @ParameterizedTest
  @CsvSource({"0,0x1000", "1,0x1000", "2,0x2000", "4,0x10000"})
  void mapsItsBars(int bar, int sizeBytes) {
    assertThat(guest.device.function().bar(bar).sizeBytes()).isEqualTo(sizeBytes);
  }

  @Test
  void hasNothingInTheWindow() {
    assertThat(guest.device.function().bar(4).read32(0)).isEqualTo(-1);
  }

  @Test
  void linksItsCapabilities() {
    List<Integer> ids = new ArrayList<>();
    assertThat(config.read(0x06, 2) & 0x10).isNotZero();
    for (int at = config.read(0x34, 1); at != 0; at = config.read(at + 1, 1)) {
      ids.add(config.read(at, 1));
    }
    assertThat(ids).containsExactly(0x01, 0x10, 0x11);
  }

  @Test
  void describesTwentyFiveVectors() {
    assertThat(config.read(0x9E, 2) & 0x7FF).isEqualTo(Vmxnet3Registers.VECTORS - 1);
    assertThat(config.read(0xA0, 4)).isEqualTo(2);
    assertThat(config.read(0xA4, 4)).isEqualTo(0x1002);
  }

  @Test
  void letsSoftwareWriteOnlyWhatIsWritable() {
    config.write(0x00, 4, 0);
    config.write(0x04, 2, 0xFFFF);
    config.write(0x9E, 2, 0xFFFF);

    assertThat(config.read(0x00, 4)).isEqualTo(0x07B015AD);
    assertThat(config.read(0x04, 2)).isEqualTo(0x0546);
    assertThat(config.read(0x9E, 2)).isEqualTo(0xC018);
  }
}
