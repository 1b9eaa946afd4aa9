// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.MacAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolFiltersTest {
  @ParameterizedTest
  @CsvSource({"01:00:5e:00:00:01, 0x010", "33:33:00:00:00:01, 0x010", "33:33:ff:4d:e2:e8, 0xE8E"})
  void hashesAsSiliconDoes(String address, String hash) {
    assertThat(PoolFilters.hash(MacAddress.parse(address).value(), 4))
        .isEqualTo(Integer.decode(hash));
  }

  @ParameterizedTest
  @CsvSource({"0, 0xE8E", "1, 0xD1C", "2, 0xA38", "3, 0x8E2"})
  void selectsTheHashBitsThatRctlSays(int offset, String hash) {
    RegisterTable registers = PfRegisterMap.create();
    int index = Integer.decode(hash);
    registers.write(I82576Registers.RCTL, offset << I82576Registers.RCTL_MO_SHIFT);
    registers.write(I82576Registers.MTA + 4 * (index >>> 5), 1 << index);
    PoolFilters filters = new PoolFilters(registers);
    filters.reload();

    int selected = filters.select(MacAddress.parse("33:33:ff:4d:e2:e8").value(), 0);

    assertThat(selected).isEqualTo(1 | PoolFilters.INEXACT);
  }

  @Test
  void findsAddressesHoweverTheyCollide() {
    Random random = new Random(82576);
    for (int round = 0; round < 200; round++) {
      MacTable table = new MacTable();
      Map<Long, Integer> expected = new HashMap<>();
      for (int i = 0; i < I82576Registers.RECEIVE_ADDRESSES; i++) {
        long address = random.nextLong() >>> 16;
        int pools = 1 + random.nextInt(255);
        table.add(address, pools);
        table.add(address, 1);
        expected.put(address, pools | 1);
      }
      expected.forEach((address, pools) -> assertThat(table.pools(address)).isEqualTo(pools));
      assertThat(table.pools(random.nextLong() >>> 16)).isZero();
    }
  }
}
