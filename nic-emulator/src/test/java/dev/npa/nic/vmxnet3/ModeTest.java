// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.vmxnet3.Vmxnet3Device.Mode;
import dev.npa.nic.vmxnet3.abi.DriverShared;
import dev.npa.nic.vmxnet3.abi.MemRegs;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ModeTest {
  private final TestGuest guest = TestGuest.active();

  private static byte[] outgoing(int seed) {
    return Frames.plain(Frames.PEER, 60, seed);
  }

  private static byte[] incoming(int seed) {
    return Frames.plain(TestGuest.MAC.value(), 60, seed);
  }

  private void enter(Mode mode) {
    switch (mode) {
      case INACTIVE -> guest.command(Vmxnet3Command.QUIESCE_DEV);
      case EMULATED -> {}
      case TX_STOPPED -> guest.command(Vmxnet3Command.STOP_EMULATION);
      case PASSTHROUGH -> {
        guest.command(Vmxnet3Command.STOP_EMULATION);
        guest.command(Vmxnet3Command.ACTIVATE_VF);
      }
    }
    assertThat(guest.device.mode()).isEqualTo(mode);
    guest.host.calls.clear();
  }

  @Test
  void offersAVirtualFunctionByEvent() {
    guest.device.deviceImplementationChanged(true);

    assertThat(guest.getInt(TestGuest.SHARED + DriverShared.ECR)).isEqualTo(DriverShared.EVENT_DIC);
    assertThat(guest.messages).containsExactly(1);
    assertThat(guest.command(Vmxnet3Command.GET_DID_LO)).isEqualTo(Vmxnet3Command.DID_PASSTHRU);

    guest.device.deviceImplementationChanged(false);
    assertThat(guest.command(Vmxnet3Command.GET_DID_LO)).isEqualTo(0x07B0);
    assertThat(guest.messages).containsExactly(1, 1);
  }

  @Test
  void tellsAnInactiveGuestWhenItActivates() {
    TestGuest late = new TestGuest();
    late.device.deviceImplementationChanged(true);
    assertThat(late.getInt(TestGuest.SHARED + DriverShared.ECR)).isZero();
    late.start();

    assertThat(late.getInt(TestGuest.SHARED + DriverShared.ECR)).isEqualTo(DriverShared.EVENT_DIC);
    assertThat(late.messages).containsExactly(1);
  }

  @Test
  void sendsAllPublishedFramesBeforeItStops() {
    for (int i = 0; i < TestGuest.RING - 1; i++) {
      guest.send(outgoing(i));
    }
    guest.host.duringCall = () -> assertThat(guest.host.frames).hasSize(TestGuest.RING - 1);

    assertThat(guest.command(Vmxnet3Command.STOP_EMULATION)).isZero();

    assertThat(guest.host.calls).containsExactly("emulationStopped");
    for (int i = 0; i < TestGuest.RING - 1; i++) {
      assertThat(guest.nextTxCompletion()).isEqualTo(i);
    }
    guest.send(outgoing(99));
    guest.thread.pollUntilIdle();
    assertThat(guest.host.frames).hasSize(TestGuest.RING - 1);
  }

  @Test
  void goesOnSendingWhenTheUplinkIsFull() {
    guest.host.room = 1;
    guest.send(outgoing(1));
    guest.send(outgoing(2));
    assertThat(guest.command(Vmxnet3Command.STOP_EMULATION)).isEqualTo(Vmxnet3Command.RESULT_RETRY);
    assertThat(guest.device.mode()).isEqualTo(Mode.EMULATED);
    assertThat(guest.host.calls).isEmpty();

    guest.host.room = 1;
    assertThat(guest.command(Vmxnet3Command.STOP_EMULATION)).isZero();
    assertThat(guest.host.frames).containsExactly(outgoing(1), outgoing(2));
  }

  @Test
  void goesOnEmulatingWhenTheHostRefusesToStop() {
    guest.host.result = 7;
    assertThat(guest.command(Vmxnet3Command.STOP_EMULATION)).isEqualTo(7);
    guest.send(outgoing(1));
    guest.thread.pollUntilIdle();

    assertThat(guest.device.mode()).isEqualTo(Mode.EMULATED);
    assertThat(guest.host.frames).hasSize(1);
  }

  @Test
  void receivesUntilTheVirtualFunctionIsActive() {
    guest.putRxHeads(4);
    enter(Mode.TX_STOPPED);
    assertThat(guest.receive(incoming(1))).isTrue();
    guest.host.duringCall = () -> assertThat(guest.receive(incoming(2))).isTrue();

    assertThat(guest.command(Vmxnet3Command.ACTIVATE_VF)).isZero();

    assertThat(guest.device.mode()).isEqualTo(Mode.PASSTHROUGH);
    assertThat(guest.device.receiving()).isFalse();
    assertThat(guest.receive(incoming(3))).isFalse();
    assertThat(guest.nextRxCompletion()).isNotEmpty();
    assertThat(guest.nextRxCompletion()).isNotEmpty();
    assertThat(guest.nextRxCompletion()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {Vmxnet3Command.RESULT_RETRY, Vmxnet3Command.RESULT_FAIL})
  void goesOnReceivingWhenTheHostDoesNotActivate(int result) {
    enter(Mode.TX_STOPPED);
    guest.putRxHeads(1);
    guest.host.result = result;

    assertThat(guest.command(Vmxnet3Command.ACTIVATE_VF)).isEqualTo(result);
    assertThat(guest.device.mode()).isEqualTo(Mode.TX_STOPPED);
    assertThat(guest.receive(incoming(1))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "INACTIVE,0xCAFE000A", "TX_STOPPED,0xCAFE000A", "PASSTHROUGH,0xCAFE000A",
    "INACTIVE,0xCAFE000C", "EMULATED,0xCAFE000C", "PASSTHROUGH,0xCAFE000C",
    "INACTIVE,0xCAFE000B", "TX_STOPPED,0xCAFE000B", "PASSTHROUGH,0xCAFE000B",
    "INACTIVE,0xCAFE000F", "PASSTHROUGH,0xCAFE000F", "EMULATED,0xCAFE0000"
  })
  void refusesACommandInTheWrongMode(Mode mode, String command) {
    guest.setInt(TestGuest.SHARED + DriverShared.PLUGIN_CONF_DESC + 4, 8192);
    enter(mode);

    assertThat(guest.command(Long.decode(command).intValue()))
        .isEqualTo(Vmxnet3Command.RESULT_FAIL);
    assertThat(guest.device.mode()).isEqualTo(mode);
    assertThat(guest.host.calls).isEmpty();
    assertThat(guest.device.lastRefusal()).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void stopsFromEveryMode(Mode mode) {
    enter(mode);
    guest.command(Vmxnet3Command.RESET_DEV);

    assertThat(guest.device.mode()).isEqualTo(Mode.INACTIVE);
    assertThat(guest.host.calls).containsExactly("stopped");
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"TX_STOPPED", "PASSTHROUGH"})
  void emulatesAgainWithNewRings(Mode mode) {
    guest.putRxHeads(3);
    guest.receive(incoming(1));
    guest.send(outgoing(1));
    guest.thread.pollUntilIdle();
    enter(mode);
    guest.forgetRings();
    assertThat(guest.activate()).isZero();
    assertThat(guest.host.calls).endsWith("activated").doesNotContain("stopped");

    guest.putRxHeads(1);
    guest.send(outgoing(2));
    guest.thread.pollUntilIdle();
    assertThat(guest.host.frames).hasSize(2);
    assertThat(guest.nextTxCompletion()).isZero();
    assertThat(guest.receive(incoming(2))).isTrue();
    assertThat(guest.nextRxCompletion()[0] & 0xFFF).isZero();
  }

  @Test
  void takesTheBacklogWhileItIsActivated() {
    enter(Mode.PASSTHROUGH);
    guest.forgetRings();
    guest.putRxHeads(1);
    guest.host.duringCall = () -> assertThat(guest.receive(incoming(1))).isTrue();
    guest.activate();

    assertThat(guest.nextRxCompletion()).isNotEmpty();
  }

  private int load(int version, int lengthBytes, long address) {
    guest.setInt(TestGuest.SHARED + DriverShared.PLUGIN_CONF_DESC, version);
    guest.setInt(TestGuest.SHARED + DriverShared.PLUGIN_CONF_DESC + 4, lengthBytes);
    guest.setLong(TestGuest.SHARED + DriverShared.PLUGIN_CONF_DESC + 8, address);
    return guest.command(Vmxnet3Command.LOAD_PLUGIN);
  }

  @Test
  void namesThePluginRegionToTheHost() {
    assertThat(load(1, 0x10000, 0x300000)).isZero();
    guest.host.result = 5;
    assertThat(load(1, 0x10000, 0x300000)).isEqualTo(5);

    assertThat(guest.host.calls)
        .containsExactly("loadPlugin 1 3145728 65536", "loadPlugin 1 3145728 65536");
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"EMULATED", "TX_STOPPED", "PASSTHROUGH"})
  void withdrawsInEveryActiveMode(Mode mode) {
    enter(mode);

    assertThat(load(1, 0, -1)).isZero();
    assertThat(guest.host.calls).containsExactly("loadPlugin 1 -1 0");
  }

  @ParameterizedTest
  @CsvSource({"1,0x400000", "2,0x3FFFFF", "-1,0", "4096,-4096", "4194305,0"})
  void refusesAPluginRegionThatIsNotThere(int lengthBytes, String address) {
    assertThat(load(1, lengthBytes, Long.decode(address))).isEqualTo(Vmxnet3Command.RESULT_FAIL);
    assertThat(guest.host.calls).isEmpty();
    assertThat(guest.device.lastRefusal()).startsWith("LOAD_PLUGIN");
  }

  private int register(int blockBytes, int count, long[]... regions) {
    int at = TestGuest.TABLES;
    guest.setInt(TestGuest.SHARED + DriverShared.CMD_INFO, blockBytes);
    guest.setLong(TestGuest.SHARED + DriverShared.CMD_INFO + 8, at);
    guest.setInt(at, count);
    for (int i = 0; i < regions.length; i++) {
      int region = at + MemRegs.HEADER_BYTES + i * MemRegs.REGION_BYTES;
      guest.setLong(region + MemRegs.START, regions[i][0]);
      guest.setInt(region + MemRegs.LENGTH, (int) regions[i][1]);
    }
    return guest.command(Vmxnet3Command.REGISTER_MEMREGS);
  }

  @Test
  void namesGrantedMemoryToTheHost() {
    assertThat(register(40, 2, new long[] {0x1000, 5}, new long[] {0x200000, 0x200000})).isZero();

    assertThat(guest.host.calls)
        .containsExactly(
            "memory [MemoryRegion[address=4096, lengthBytes=5],"
                + " MemoryRegion[address=2097152, lengthBytes=2097152]]");
  }

  @ParameterizedTest
  @CsvSource({
    "40,0,0x1000,16", // no region
    "40,17,0x1000,16",
    "23,1,0x1000,16", // block too short
    "7,1,0x1000,16",
    "-1,1,0x1000,16",
    "40,1,0x1004,16", // inside a page
    "40,1,0x1000,0",
    "40,1,0x1000,-1",
    "40,1,0x400000,1",
    "40,1,0x3FF000,4097",
    "40,1,-4096,1"
  })
  void refusesToRegister(int blockBytes, int count, String address, int lengthBytes) {
    assertThat(register(blockBytes, count, new long[] {Long.decode(address), lengthBytes}))
        .isEqualTo(Vmxnet3Command.RESULT_FAIL);
    assertThat(guest.host.calls).isEmpty();
    assertThat(guest.device.lastRefusal()).startsWith("REGISTER_MEMREGS");
  }
}
