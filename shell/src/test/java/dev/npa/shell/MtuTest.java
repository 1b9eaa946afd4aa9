// SPDX-License-Identifier: MIT
package dev.npa.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kawela.vf.KawelaPlugin;

/// Changing the MTU at run time.
final class MtuTest {
  private final TwoGuests guests = new TwoGuests(ShellConfig.ofMtu(1500), KawelaPlugin.class);

  private void send(int lengthBytes) {
    int buffer = guests.a.transmitBuffer();
    assertThat(guests.a.send(buffer, lengthBytes, false)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void holdsInBothModes(boolean passthrough) {
    if (passthrough) {
      guests.hostA.attach();
      for (int i = 0; i < 20; i++) {
        guests.round(4);
      }
      assertThat(guests.a.mode()).isEqualTo(ShellMode.PASSTHROUGH);
    }

    assertThat(guests.a.setMtu(800)).isTrue();

    assertThat(guests.a.mtu()).isEqualTo(800);
    assertThat(guests.hostA.mtu).isEqualTo(800);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> send(823))
        .withMessage("frame of 823 bytes, MTU 800");
    assertThat(guests.a.setMtu(1500)).isTrue();
    guests.round(10);
    guests.settle();
    assertThat(guests.stackB.received).isEqualTo(guests.stackA.sent);
  }

  @Test
  void staysAsItIsWherePolicyForbidsIt() {
    guests.hostA.refusesActivation = true;

    assertThat(guests.a.setMtu(800)).isFalse();

    assertThat(guests.a.mtu()).isEqualTo(1500);
    guests.hostA.refusesActivation = false;
    guests.round(10);
    guests.settle();
    assertThat(guests.stackB.received).isEqualTo(guests.stackA.sent);
  }

  @ParameterizedTest
  @ValueSource(ints = {59, 1501, 0, -1, Integer.MAX_VALUE})
  void isLimitedByTheBuffersThereAre(int mtu) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> guests.a.setMtu(mtu))
        .withMessageContaining(Integer.toString(mtu));
  }

  @Test
  void doesNotMakeTheFramesOfTheLargerOneInvalid() {
    send(1500);
    guests.a.setMtu(60);

    guests.thread.pollUntilIdle();

    assertThat(guests.a.statistics().deviceRestarts()).isZero();
  }
}
