// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.MacAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MulticastFiltersTest {
  /// Answers recorded from hardware.
  @ParameterizedTest
  @CsvSource({
    "01:00:5e:00:00:01, 0x010",
    "33:33:00:00:00:01, 0x010",
    "33:33:ff:4d:e2:e8, 0xE8E",
  })
  void hashesAsTheHardwareDoes(String group, String hash) {
    assertThat(MulticastFilters.hash(MacAddress.parse(group))).isEqualTo(Integer.decode(hash));
  }
}
