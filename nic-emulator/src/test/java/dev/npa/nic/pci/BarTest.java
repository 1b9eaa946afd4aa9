// SPDX-License-Identifier: MIT
package dev.npa.nic.pci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.npa.nic.DeviceThread;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BarTest {
  private static final int DOORBELL = 0x20;
  private static final int DIRECT = 0x104;
  private static final int SERIALIZED = 0x00;

  private final DeviceThread thread = new DeviceThread("device");
  private final List<String> accesses = new ArrayList<>();
  private final Bar bar = new Bar(512, new Registers(), thread);

  private final class Registers implements RegisterFile {
    @Override
    public Kind kind(int offset) {
      return switch (offset) {
        case DOORBELL -> Kind.DOORBELL;
        case DIRECT -> Kind.DIRECT;
        default -> Kind.SERIALIZED;
      };
    }

    @Override
    public int read32(int offset) {
      accesses.add("read " + offset + " on " + Thread.currentThread().getName());
      return 0x1000 + offset;
    }

    @Override
    public void write32(int offset, int value) {
      accesses.add("write " + offset + " " + value + " on " + Thread.currentThread().getName());
    }
  }

  @Test
  void keepsDoorbellsAsMemory() {
    bar.write32(DOORBELL, 0x12345678);

    assertThat(bar.read32(DOORBELL)).isEqualTo(0x12345678);
    assertThat(bar.doorbell(DOORBELL)).isEqualTo(0x12345678);
    assertThat(bar.memory().get(java.lang.foreign.ValueLayout.JAVA_BYTE, DOORBELL))
        .isEqualTo((byte) 0x78);
    bar.setDoorbell(DOORBELL, 0);
    assertThat(bar.read32(DOORBELL)).isZero();
    assertThat(accesses).isEmpty();
  }

  @Test
  void namesItsDoorbells() {
    assertThat(bar.doorbells()).containsExactly(1L << DOORBELL / 4, 0);
  }

  @Test
  void callsDirectRegistersOnTheCallersThread() {
    String me = Thread.currentThread().getName();
    thread.start();
    try (thread) {
      assertThat(bar.read32(DIRECT)).isEqualTo(0x1104);
      bar.write32(DIRECT, 5);
    }
    assertThat(accesses).containsExactly("read 260 on " + me, "write 260 5 on " + me);
  }

  @Test
  void callsSerializedRegistersOnTheDeviceThread() {
    thread.start();
    try (thread) {
      assertThat(bar.read32(SERIALIZED)).isEqualTo(0x1000);
      bar.write32(SERIALIZED, 5);
    }
    assertThat(accesses).containsExactly("read 0 on device", "write 0 5 on device");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 512, 511, -4, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void rejectsOffsets(int offset) {
    bar.write32(offset, 1);

    assertThat(bar.read32(offset)).isEqualTo(-1);
    assertThat(bar.rejectedAccesses()).isEqualTo(2);
    assertThat(accesses).isEmpty();
  }

  @Test
  void reachesNobodyOnceDisconnected() {
    bar.disconnect();
    bar.write32(SERIALIZED, 1);
    bar.write32(DOORBELL, 1);

    assertThat(bar.isConnected()).isFalse();
    assertThat(bar.read32(DIRECT)).isEqualTo(-1);
    assertThat(bar.doorbell(DOORBELL)).isZero();
    assertThat(bar.rejectedAccesses()).isEqualTo(3);
    assertThat(accesses).isEmpty();
  }

  @Test
  void hasNothingBehindItWhenUnmapped() {
    Bar unmapped = Bar.unmapped(65536, thread);

    assertThat(unmapped.isConnected()).isFalse();
    assertThat(unmapped.read32(0)).isEqualTo(-1);
    assertThat(unmapped.sizeBytes()).isEqualTo(65536);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 128, 300, -256})
  void refusesSizes(int sizeBytes) {
    assertThatThrownBy(() -> new Bar(sizeBytes, new Registers(), thread))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isDisconnectedWhenAnotherTakesItsPlace() {
    PciFunction function =
        new PciFunction(new ConfigSpace(), new MsiX(1, 16, (address, data) -> true));
    function.map(4, bar);
    Bar next = new Bar(512, new Registers(), thread);
    function.map(4, next);

    assertThat(bar.isConnected()).isFalse();
    assertThat(function.bar(4)).isSameAs(next);
    assertThatThrownBy(() -> function.bar(3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> function.bar(6)).isInstanceOf(IllegalArgumentException.class);
  }
}
