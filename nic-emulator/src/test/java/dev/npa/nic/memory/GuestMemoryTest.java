// SPDX-License-Identifier: MIT
package dev.npa.nic.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GuestMemoryTest {
  @Test
  void isZeroedAndPageAligned() {
    GuestMemory memory = GuestMemory.allocate(8192);

    assertThat(memory.sizeBytes()).isEqualTo(8192);
    assertThat(memory.segment().address() % 4096).isZero();
    assertThat(memory.segment().toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -4096, 4095, 4097, (1L << 40) + 4096})
  void refusesSizes(long sizeBytes) {
    assertThatThrownBy(() -> GuestMemory.allocate(sizeBytes))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesForeignMemory() {
    MemorySegment segment = Arena.ofAuto().allocate(8192, 4096);

    assertThat(GuestMemory.of(segment).segment()).isEqualTo(segment);
  }

  @Test
  void refusesMemoryThatDevicesCannotUse() {
    MemorySegment segment = Arena.ofAuto().allocate(16384, 4096);

    for (MemorySegment unfit :
        new MemorySegment[] {
          MemorySegment.ofArray(new long[1024]),
          segment.asReadOnly(),
          segment.asSlice(8, 8192),
          segment.asSlice(0, 4100)
        }) {
      assertThatThrownBy(() -> GuestMemory.of(unfit)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
