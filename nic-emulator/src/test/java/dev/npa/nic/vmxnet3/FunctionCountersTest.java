// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.vmxnet3.Vmxnet3Host.FunctionCounters;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Command;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a driver can learn about a virtual function that worked in the device's place.
final class FunctionCountersTest {
  private static final int UNICAST = 2;
  private static final int UNICAST_BYTES = 3;
  private static final int ERRORS = 8;
  private static final long UNTOUCHED = 0x5555_5555_5555L;

  private record Counted(
      long framesSent,
      long bytesSent,
      long framesMalformed,
      long framesForged,
      long framesReceived,
      long bytesReceived,
      long framesMissed,
      long framesRefused)
      implements FunctionCounters {}

  private final TestGuest guest = TestGuest.active();

  private void passthrough() {
    guest.command(Vmxnet3Command.STOP_EMULATION);
    guest.command(Vmxnet3Command.ACTIVATE_VF);
    guest.host.counters = Optional.of(new Counted(10, 700, 2, 3, 30, 4000, 5, 6));
  }

  private void expectFunction() {
    assertThat(guest.stat(guest.tx(0), UNICAST)).isEqualTo(10);
    assertThat(guest.stat(guest.tx(0), UNICAST_BYTES)).isEqualTo(700);
    assertThat(guest.stat(guest.tx(0), ERRORS)).isEqualTo(2);
    assertThat(guest.stat(guest.tx(0), ERRORS + 1)).isEqualTo(3);
    assertThat(guest.stat(guest.rx(0), UNICAST)).isEqualTo(30);
    assertThat(guest.stat(guest.rx(0), UNICAST_BYTES)).isEqualTo(4000);
    assertThat(guest.stat(guest.rx(0), ERRORS)).isEqualTo(5);
    assertThat(guest.stat(guest.rx(0), ERRORS + 1)).isEqualTo(6);
  }

  @Test
  void areReadWithGetStats() {
    passthrough();

    assertThat(guest.command(Vmxnet3Command.GET_STATS)).isZero();

    expectFunction();
  }

  @ParameterizedTest
  @ValueSource(ints = {Vmxnet3Command.QUIESCE_DEV, Vmxnet3Command.RESET_DEV})
  void areLeftInTheQueueDescriptorsWhenTheDeviceStops(int command) {
    passthrough();

    guest.command(command);

    expectFunction();
  }

  @Test
  void areLeftAloneByAHostThatDoesNotCount() {
    passthrough();
    guest.host.counters = Optional.empty();
    guest.setLong(guest.tx(0) + 88 + 8 * UNICAST, UNTOUCHED);

    guest.command(Vmxnet3Command.GET_STATS);
    guest.command(Vmxnet3Command.RESET_DEV);

    assertThat(guest.stat(guest.tx(0), UNICAST)).isEqualTo(UNTOUCHED);
  }

  @Test
  void areTheDevicesOwnAfterEmulation() {
    guest.send(Frames.plain(Frames.PEER, 60, 1));
    guest.thread.pollUntilIdle();

    guest.command(Vmxnet3Command.QUIESCE_DEV);

    assertThat(guest.stat(guest.tx(0), UNICAST)).isEqualTo(1);
  }
}
