// SPDX-License-Identifier: MIT
package dev.npa.nic.pci;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigSpaceTest {
  private final ConfigSpace config = new ConfigSpace();

  @Test
  void isReadOnlyUnlessSaidOtherwise() {
    config.set(0, 4, 0x07B015AD);
    config.write(0, 4, -1);

    assertThat(config.read(0, 4)).isEqualTo(0x07B015AD);
    assertThat(config.read(2, 2)).isEqualTo(0x07B0);
    assertThat(config.read(1, 1)).isEqualTo(0x15);
  }

  @Test
  void showsTheSizeOfABarByItsWritableBits() {
    config.set(0x10, 4, 0x0000000C);
    config.setWritable(0x10, 4, -4096);
    config.write(0x10, 4, -1);

    assertThat(config.read(0x10, 4)).isEqualTo(0xFFFFF00C);
  }

  @Test
  void writesOnlyTheBytesOfTheAccess() {
    config.setWritable(0x40, 4, -1);
    config.write(0x40, 4, 0x11223344);
    config.write(0x41, 1, 0xAA);
    config.write(0x42, 2, 0xBBCC);

    assertThat(config.read(0x40, 4)).isEqualTo(0xBBCCAA44);
  }

  @Test
  void readsBytesWithoutSign() {
    config.set(0, 4, -1);

    assertThat(config.read(0, 1)).isEqualTo(0xFF);
    assertThat(config.read(0, 2)).isEqualTo(0xFFFF);
  }

  @Test
  void tellsTheDeviceWhereSoftwareWrote() {
    List<Integer> written = new ArrayList<>();
    config.afterWrite(written::add);
    config.write(0x9E, 2, 0x8000);
    config.write(0x9F, 2, 0x8000);

    assertThat(written).containsExactly(0x9E);
  }

  @ParameterizedTest
  @CsvSource({
    "1,2,65535",
    "2,4,-1",
    "4096,1,255",
    "4094,4,-1",
    "-1,1,255",
    "-4,4,-1",
    "0,3,16777215"
  })
  void doesNotReachTheDevice(int offset, int sizeBytes, int allOnes) {
    config.setWritable(0, 4, -1);
    config.write(offset, sizeBytes, 0);

    assertThat(config.read(offset, sizeBytes)).isEqualTo(allOnes);
  }

  @Test
  void knowsBusMaster() {
    config.setWritable(ConfigSpace.COMMAND, 2, 0x0006);
    assertThat(config.busMaster()).isFalse();
    config.write(ConfigSpace.COMMAND, 2, ConfigSpace.COMMAND_BUS_MASTER);

    assertThat(config.busMaster()).isTrue();
  }
}
