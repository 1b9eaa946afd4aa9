// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.vmxnet3.abi.DriverShared;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Command;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// UPDATE_FEATURE after the driver has changed `DriverShared.mtu`.
final class RunTimeMtuTest {
  private final TestGuest guest = TestGuest.active();

  @ParameterizedTest
  @ValueSource(ints = {60, 1500, 2000})
  void isTheLimitFromThenOn(int mtu) {
    guest.setInt(TestGuest.SHARED + DriverShared.MTU, mtu);
    guest.host.calls.clear();

    assertThat(guest.command(Vmxnet3Command.UPDATE_FEATURE)).isZero();

    guest.putRxHeads(8);
    assertThat(guest.host.calls).isEqualTo(mtu == 1500 ? List.of() : List.of("mtu " + mtu));
    guest.receive(Frames.plain(TestGuest.MAC.value(), mtu + 18, 1));
    assertThat(guest.nextRxCompletion()).isNotEmpty();
    guest.receive(Frames.plain(TestGuest.MAC.value(), mtu + 19, 1));
    assertThat(guest.nextRxCompletion()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {59, 9001, -1, Integer.MIN_VALUE})
  void isRefusedOutOfRange(int mtu) {
    guest.setInt(TestGuest.SHARED + DriverShared.MTU, mtu);
    guest.host.calls.clear();

    assertThat(guest.command(Vmxnet3Command.UPDATE_FEATURE)).isEqualTo(1);

    assertThat(guest.host.calls).isEmpty();
    assertThat(guest.device.lastRefusal()).contains("MTU " + mtu);
  }

  @Test
  void doesNotStopAQueueThatHoldsLongerFrames() {
    guest.setInt(TestGuest.SHARED + DriverShared.MTU, 60);
    guest.send(Frames.plain(Frames.PEER, 1500, 1));

    guest.command(Vmxnet3Command.UPDATE_FEATURE);
    guest.thread.pollUntilIdle();

    assertThat(guest.host.frames).hasSize(1);
  }
}
