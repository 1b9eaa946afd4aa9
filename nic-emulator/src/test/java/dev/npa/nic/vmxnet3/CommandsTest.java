// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.vmxnet3.abi.DriverShared;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Command;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Registers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandsTest {
  private final TestGuest guest = TestGuest.active();

  @ParameterizedTest
  @CsvSource({
    "0xF00D0000,0", // queue status
    "0xF00D0001,0", // stats
    "0xF00D0002,0x27100001", // 10 Gb/s, up
    "0xF00D0003,0x00000002", // permanent MAC 02:00:00:00:00:01
    "0xF00D0004,0x0100",
    "0xF00D0005,0x07B0",
    "0xF00D0006,1",
    "0xF00D0007,0",
    "0xF00D0008,3", // MSI-X, auto
    "0xF00D0009,1", // no adaptive rings
    "0xF00D000A,128",
    "0xCAFE0007,0", // interrupt moderation
    "0xCAFE0008,0" // power management
  })
  void answersAtOnce(String command, String result) {
    assertThat(guest.command(Long.decode(command).intValue())).isEqualTo(Integer.decode(result));
    assertThat(guest.device.unknownCommands()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, -1, 0xCAFE000D, 0xCAFE0010, 0xCAFEFFFF, 0xF00D000B, 0xF00DFFFF, 0xCAFF0000})
  void answersZeroToWhatItDoesNotKnow(int command) {
    guest.command(Vmxnet3Command.GET_LINK);

    assertThat(guest.command(command)).isZero();
    assertThat(guest.device.unknownCommands()).isEqualTo(1);
    assertThat(guest.device.mode()).isEqualTo(Vmxnet3Device.Mode.EMULATED);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 9, 0xB, 0xF})
  void refusesToReadSharedMemoryWhileInactive(int command) {
    guest.command(Vmxnet3Command.QUIESCE_DEV);
    guest.host.calls.clear();

    assertThat(guest.command(0xCAFE0000 | command)).isEqualTo(Vmxnet3Command.RESULT_FAIL);
    assertThat(guest.host.calls).isEmpty();
  }

  @Test
  void tellsOfTheLink() {
    guest.device.link(false);

    assertThat(guest.command(Vmxnet3Command.GET_LINK)).isZero();
    assertThat(guest.getInt(TestGuest.SHARED + DriverShared.ECR))
        .isEqualTo(DriverShared.EVENT_LINK);
    assertThat(guest.messages).containsExactly(1);
    guest.device.link(true);
    assertThat(guest.command(Vmxnet3Command.GET_LINK)).isEqualTo(0x27100001);
  }

  @Test
  void quiescesWithoutTouchingMasks() {
    guest.command(Vmxnet3Command.QUIESCE_DEV);

    assertThat(guest.device.mode()).isEqualTo(Vmxnet3Device.Mode.INACTIVE);
    assertThat(guest.device.receiving()).isFalse();
    assertThat(guest.receive(Frames.plain(TestGuest.MAC.value(), 60, 1))).isFalse();
    assertThat(guest.host.calls).containsExactly("stopped");
    assertThat(guest.pt.read32(Vmxnet3Registers.IMR)).isZero();
  }

  @Test
  void masksAllVectorsOnReset() {
    guest.command(Vmxnet3Command.RESET_DEV);

    assertThat(guest.device.mode()).isEqualTo(Vmxnet3Device.Mode.INACTIVE);
    assertThat(guest.host.calls).containsExactly("stopped");
    assertThat(guest.pt.read32(Vmxnet3Registers.IMR)).isEqualTo(1);
  }

  @Test
  void sendsNothingWhileInactive() {
    guest.command(Vmxnet3Command.QUIESCE_DEV);
    guest.send(Frames.plain(Frames.PEER, 60, 1));
    guest.thread.pollUntilIdle();

    assertThat(guest.host.frames).isEmpty();
  }
}
