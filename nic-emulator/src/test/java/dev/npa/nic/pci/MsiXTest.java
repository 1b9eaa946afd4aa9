// SPDX-License-Identifier: MIT
package dev.npa.nic.pci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MsiXTest {
  private static final int PBA = 0x1000;

  private final List<String> messages = new ArrayList<>();
  private boolean addressIsGood = true;
  private final MsiX msiX = new MsiX(40, PBA, this::message);

  private boolean message(long address, int data) {
    messages.add(Long.toHexString(address) + "=" + data);
    return addressIsGood;
  }

  private void program(int v, int data) {
    msiX.write32(16 * v, 0xFEE00000);
    msiX.write32(16 * v + 4, 1);
    msiX.write32(16 * v + 8, data);
    msiX.write32(16 * v + 12, 0);
  }

  @Test
  void sendsTheProgrammedMessage() {
    program(3, 77);
    msiX.control(true, false);
    msiX.raise(3);

    assertThat(messages).containsExactly("1fee00000=77");
    assertThat(msiX.messages()).isEqualTo(1);
  }

  @Test
  void startsWithAllVectorsMasked() {
    msiX.control(true, false);
    msiX.raise(39);

    assertThat(msiX.read32(16 * 39 + 12)).isEqualTo(1);
    assertThat(msiX.read32(PBA + 4)).isEqualTo(1 << 7);
    assertThat(messages).isEmpty();
  }

  @Test
  void sendsOnceWhatPendedWhileTheVectorWasMasked() {
    program(0, 1);
    msiX.write32(12, 1);
    msiX.control(true, false);
    msiX.raise(0);
    msiX.raise(0);
    assertThat(msiX.read32(PBA)).isEqualTo(1);

    msiX.write32(12, 0);

    assertThat(messages).hasSize(1);
    assertThat(msiX.read32(PBA)).isZero();
  }

  @Test
  void sendsWhatPendedWhileTheFunctionWasMasked() {
    program(0, 1);
    msiX.control(true, true);
    msiX.raise(0);
    assertThat(messages).isEmpty();

    msiX.control(true, false);

    assertThat(messages).hasSize(1);
  }

  @Test
  void forgetsWhatPendedWhenToldTo() {
    msiX.raise(0);
    msiX.clearPending(0);
    program(0, 1);
    msiX.control(true, false);

    assertThat(messages).isEmpty();
  }

  @Test
  void countsMessagesToNoInterruptController() {
    addressIsGood = false;
    program(0, 1);
    msiX.control(true, false);
    msiX.raise(0);

    assertThat(msiX.faults()).isEqualTo(1);
  }

  @Test
  void sendsElsewhereAfterRoute() {
    List<Integer> elsewhere = new ArrayList<>();
    program(0, 5);
    msiX.control(true, false);
    msiX.route((address, data) -> elsewhere.add(data));
    msiX.raise(0);

    assertThat(messages).isEmpty();
    assertThat(elsewhere).containsExactly(5);
  }

  @Test
  void keepsPendingBitsReadOnlyAndReservedBitsZero() {
    msiX.write32(PBA, -1);
    msiX.write32(12, -1);

    assertThat(msiX.read32(PBA)).isZero();
    assertThat(msiX.read32(12)).isEqualTo(1);
    assertThat(msiX.read32(PBA + 8)).isZero();
    assertThat(msiX.read32(40 * 16)).isZero();
  }

  @Test
  void refusesShapes() {
    assertThatThrownBy(() -> new MsiX(0, PBA, this::message))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MsiX(2049, 1 << 20, this::message))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MsiX(2, 16, this::message))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MsiX(2, 36, this::message))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> msiX.raise(40)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
