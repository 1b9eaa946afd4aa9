// SPDX-License-Identifier: MIT
package dev.npa.nic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MacAddressTest {
  private static final MacAddress MAC = MacAddress.parse("00:1b:21:A0:fe:0f");

  @Test
  void isTheNumberWhoseFirstByteIsFirstOnTheWire() {
    assertThat(MAC.value()).isEqualTo(0x001B21A0FE0FL);
    assertThat(MAC).hasToString("00:1b:21:a0:fe:0f");
  }

  @Test
  void packsIntoRegistersLeastSignificantByteFirst() {
    assertThat(MAC.low()).isEqualTo(0xA0211B00);
    assertThat(MAC.high()).isEqualTo(0x0FFE);
    assertThat(MacAddress.ofRegisters(0xA0211B00, 0xFFFF0FFE)).isEqualTo(MAC);
  }

  @Test
  void readsAndWritesWireOrder() {
    byte[] bytes = new byte[8];
    MacAddress.write(MemorySegment.ofArray(bytes), 1, MAC.value());

    assertThat(bytes).containsExactly(0, 0x00, 0x1B, 0x21, 0xA0, 0xFE, 0x0F, 0);
    assertThat(MacAddress.read(MemorySegment.ofArray(bytes), 1)).isEqualTo(MAC.value());
  }

  @Test
  void readsTheBroadcastAddressWithoutSign() {
    byte[] bytes = {-1, -1, -1, -1, -1, -1};

    assertThat(MacAddress.read(MemorySegment.ofArray(bytes), 0)).isEqualTo(MacAddress.BROADCAST);
  }

  @Test
  void knowsGroupsByTheFirstByte() {
    assertThat(MacAddress.isGroup(MacAddress.BROADCAST)).isTrue();
    assertThat(MacAddress.isGroup(MacAddress.parse("01:00:5e:00:00:01").value())).isTrue();
    assertThat(MacAddress.isGroup(MacAddress.parse("fe:ff:ff:ff:ff:ff").value())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00:1b:21:a0:fe",
        "00:1b:21:a0:fe:0f:00",
        "0:1b:21:a0:fe:0f",
        "g0:1b:21:a0:fe:0f"
      })
  void refusesText(String text) {
    assertThatThrownBy(() -> MacAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1L << 48})
  void refusesNumbers(long value) {
    assertThatThrownBy(() -> new MacAddress(value)).isInstanceOf(IllegalArgumentException.class);
  }
}
