// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.MacAddress;
import dev.npa.nic.pci.ConfigSpace;
import dev.npa.nic.pci.RegisterFile.Kind;
import dev.npa.nic.vmxnet3.abi.DriverShared;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Command;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Registers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RegistersTest {
  private final TestGuest guest = new TestGuest();

  @Test
  void supportsVersionOne() {
    assertThat(guest.vd.read32(Vmxnet3Registers.VRRS)).isEqualTo(1);
    assertThat(guest.vd.read32(Vmxnet3Registers.UVRS)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "0,2", "0,3", "8,0", "8,2", "8,-1"})
  void isNotActivatedWithAnotherVersion(int register, int selected) {
    guest.vd.write32(register, selected);

    assertThat(guest.activate()).isEqualTo(Vmxnet3Command.RESULT_FAIL);
    assertThat(guest.device.lastRefusal()).contains("VRRS");
  }

  @Test
  void isNotActivatedWithoutBusMaster() {
    guest.device.function().config().write(ConfigSpace.COMMAND, 2, ConfigSpace.COMMAND_MEMORY);

    assertThat(guest.activate()).isEqualTo(Vmxnet3Command.RESULT_FAIL);
    assertThat(guest.device.lastRefusal()).contains("bus master");
  }

  @Test
  void touchesNoMemoryWhileBusMasterIsOff() {
    guest.start();
    guest.putRxHeads(1);
    guest.send(Frames.plain(Frames.PEER, 60, 1));
    guest.device.function().config().write(ConfigSpace.COMMAND, 2, ConfigSpace.COMMAND_MEMORY);
    guest.thread.pollUntilIdle();

    assertThat(guest.host.frames).isEmpty();
    assertThat(guest.receive(Frames.plain(TestGuest.MAC.value(), 60, 1))).isFalse();
    assertThat(guest.device.receiving()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0xCAFE0003, 0xCAFE000A, 0xCAFE000B, 0xF00D0000, 0xF00D0001})
  void executesNoCommandThatNeedsMemoryWhileBusMasterIsOff(int command) {
    guest.start();
    guest.device.function().config().write(ConfigSpace.COMMAND, 2, ConfigSpace.COMMAND_MEMORY);

    assertThat(guest.command(command)).isEqualTo(Vmxnet3Command.RESULT_FAIL);
    assertThat(guest.host.calls).isEmpty();
    assertThat(guest.command(Vmxnet3Command.QUIESCE_DEV)).isZero();
  }

  @Test
  void readsBackTheSharedAddress() {
    guest.vd.write32(Vmxnet3Registers.DSAL, 0x1000);
    guest.vd.write32(Vmxnet3Registers.DSAH, 3);

    assertThat(guest.vd.read32(Vmxnet3Registers.DSAL)).isEqualTo(0x1000);
    assertThat(guest.vd.read32(Vmxnet3Registers.DSAH)).isEqualTo(3);
    assertThat(guest.command(Vmxnet3Command.ACTIVATE_DEV)).isEqualTo(Vmxnet3Command.RESULT_FAIL);
  }

  @Test
  void takesTheSharedAddressWithTheHighHalf() {
    guest.vd.write32(Vmxnet3Registers.DSAL, TestGuest.SHARED);
    assertThat(guest.command(Vmxnet3Command.ACTIVATE_DEV)).isEqualTo(Vmxnet3Command.RESULT_FAIL);

    guest.vd.write32(Vmxnet3Registers.DSAH, 0);
    assertThat(guest.command(Vmxnet3Command.ACTIVATE_DEV)).isEqualTo(Vmxnet3Command.RESULT_OK);
  }

  @Test
  void isDeactivatedByAZeroLowHalf() {
    guest.start();
    guest.vd.write32(Vmxnet3Registers.DSAL, 0);

    assertThat(guest.device.mode()).isEqualTo(Vmxnet3Device.Mode.INACTIVE);
    assertThat(guest.host.calls).containsExactly("stopped");
    assertThat(guest.command(Vmxnet3Command.ACTIVATE_DEV)).isEqualTo(Vmxnet3Command.RESULT_FAIL);
  }

  @Test
  void changesTheMacWithTheHighHalf() {
    MacAddress wanted = MacAddress.parse("02:11:22:33:44:55");
    guest.vd.write32(Vmxnet3Registers.MACL, wanted.low());
    assertThat(guest.vd.read32(Vmxnet3Registers.MACL)).isEqualTo(TestGuest.MAC.low());
    guest.vd.write32(Vmxnet3Registers.MACH, wanted.high());

    assertThat(guest.vd.read32(Vmxnet3Registers.MACL)).isEqualTo(wanted.low());
    assertThat(guest.vd.read32(Vmxnet3Registers.MACH)).isEqualTo(wanted.high());
    assertThat(guest.device.mac()).isEqualTo(wanted);
    assertThat(guest.host.calls).containsExactly("mac 02:11:22:33:44:55");
    assertThat(guest.command(Vmxnet3Command.GET_PERM_MAC_LO)).isEqualTo(TestGuest.MAC.low());
    assertThat(guest.command(Vmxnet3Command.GET_PERM_MAC_HI)).isEqualTo(TestGuest.MAC.high());
  }

  @Test
  void keepsTheMacThatPolicyDoesNotLetGo() {
    guest.host.allow = false;
    guest.vd.write32(Vmxnet3Registers.MACL, 0x33221102);
    guest.vd.write32(Vmxnet3Registers.MACH, 0x5544);

    assertThat(guest.device.mac()).isEqualTo(TestGuest.MAC);
    assertThat(guest.device.refusals()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "-1,-1", "0x5E0001,0"})
  void takesNoGroupOrZeroMac(int low, int high) {
    guest.vd.write32(Vmxnet3Registers.MACL, low);
    guest.vd.write32(Vmxnet3Registers.MACH, high);

    assertThat(guest.device.mac()).isEqualTo(TestGuest.MAC);
    assertThat(guest.host.calls).isEmpty();
  }

  @Test
  void acknowledgesEventsOneByOne() {
    guest.start();
    guest.device.link(true);
    guest.device.deviceImplementationChanged(true);
    assertThat(guest.getInt(TestGuest.SHARED + DriverShared.ECR)).isEqualTo(0xC);

    guest.vd.write32(Vmxnet3Registers.ECR, DriverShared.EVENT_LINK);

    assertThat(guest.getInt(TestGuest.SHARED + DriverShared.ECR)).isEqualTo(8);
    assertThat(guest.vd.read32(Vmxnet3Registers.ECR)).isZero();
  }

  @Test
  void acknowledgesNothingWhileInactive() {
    guest.setInt(TestGuest.SHARED + DriverShared.ECR, 0xFF);
    guest.vd.write32(Vmxnet3Registers.ECR, -1);

    assertThat(guest.getInt(TestGuest.SHARED + DriverShared.ECR)).isEqualTo(0xFF);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x04, 0x0C, 0x24, 0x48, 0x88, 0xF00, 0xF18, 0xFFC})
  void doesNothingAtOtherControlRegisters(int offset) {
    guest.start();
    guest.vd.write32(offset, -1);

    assertThat(guest.vd.read32(offset)).isZero();
    assertThat(guest.device.mode()).isEqualTo(Vmxnet3Device.Mode.EMULATED);
  }

  @Test
  void startsWithAllVectorsMasked() {
    for (int v = 0; v < Vmxnet3Registers.VECTORS; v++) {
      assertThat(guest.pt.read32(8 * v)).isEqualTo(1);
      guest.pt.write32(8 * v, 0);
      assertThat(guest.pt.read32(8 * v)).isZero();
      guest.pt.write32(8 * v, 0xFFFFFFFE);
      assertThat(guest.pt.read32(8 * v)).isZero();
    }
    assertThat(guest.pt.read32(8 * Vmxnet3Registers.VECTORS)).isZero();
    assertThat(guest.pt.read32(4)).isZero();
  }

  @Test
  void hasDoorbellsForEightTransmitAndSixteenReceiveQueues() {
    PassthroughRegisters registers =
        new PassthroughRegisters(new InterruptState(guest.device.function().msiX()));
    int doorbells = 0;
    for (int offset = 0; offset < Vmxnet3Registers.BAR_BYTES; offset += 4) {
      doorbells += registers.kind(offset) == Kind.DOORBELL ? 1 : 0;
    }

    assertThat(doorbells).isEqualTo(8 + 16 + 16);
    assertThat(registers.kind(0x638)).isEqualTo(Kind.DOORBELL);
    assertThat(registers.kind(0x640)).isEqualTo(Kind.DIRECT);
    assertThat(registers.kind(0x878)).isEqualTo(Kind.DOORBELL);
    assertThat(registers.kind(0xA00)).isEqualTo(Kind.DOORBELL);
    assertThat(registers.kind(0x604)).isEqualTo(Kind.DIRECT);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 32, 4096, -1, Integer.MIN_VALUE})
  void survivesAnyDoorbellValue(int value) {
    guest.start();
    guest.send(Frames.plain(Frames.PEER, 60, 1));
    guest.pt.write32(Vmxnet3Registers.TXPROD, value);
    guest.pt.write32(Vmxnet3Registers.RXPROD, value);
    guest.pt.write32(Vmxnet3Registers.RXPROD2, value);
    guest.thread.pollUntilIdle();

    assertThat(guest.host.frames).hasSize(1);
    assertThat(guest.device.dmaFaults()).isZero();
  }
}
