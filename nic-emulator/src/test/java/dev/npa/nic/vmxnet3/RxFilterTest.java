// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.nic.MacAddress;
import dev.npa.nic.vmxnet3.abi.DriverShared;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Command;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Registers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RxFilterTest {
  private static final long GROUP = 0x0100_5E00_0001L;
  private static final long OTHER_GROUP = 0x3333_0000_0001L;
  private static final long STRANGER = 0x0200_0000_0099L;

  private final TestGuest guest = TestGuest.active();

  RxFilterTest() {
    guest.putRxHeads(20);
  }

  private void mode(int mode) {
    guest.setInt(TestGuest.SHARED + DriverShared.RX_MODE, mode);
    assertThat(guest.command(Vmxnet3Command.UPDATE_RX_MODE)).isZero();
    assertThat(guest.device.rxMode()).isEqualTo(mode);
  }

  private boolean accepted(byte[] frame) {
    assertThat(guest.receive(frame)).isTrue();
    return guest.nextRxCompletion().length != 0;
  }

  private boolean accepted(long destination) {
    return accepted(Frames.plain(destination, 60, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "0,false,false,false,false",
    "1,true,false,false,false",
    "2,false,true,false,false",
    "4,false,false,false,true",
    "8,false,true,true,false",
    "16,true,true,true,true"
  })
  void passesWhatTheModeSays(
      int mode, boolean own, boolean group, boolean otherGroup, boolean broadcast) {
    guest.setInt(TestGuest.SHARED + DriverShared.MULTICAST_TABLE_LEN, 12);
    guest.setLong(TestGuest.SHARED + DriverShared.MULTICAST_TABLE_PA, TestGuest.TABLES);
    MacAddress.write(guest.bytes, TestGuest.TABLES, 0x0100_5E00_00FFL);
    MacAddress.write(guest.bytes, TestGuest.TABLES + 6, GROUP);
    assertThat(guest.command(Vmxnet3Command.UPDATE_MAC_FILTERS)).isZero();
    mode(mode);

    assertThat(accepted(TestGuest.MAC.value())).isEqualTo(own);
    assertThat(accepted(GROUP)).isEqualTo(group);
    assertThat(accepted(OTHER_GROUP)).isEqualTo(otherGroup);
    assertThat(accepted(MacAddress.BROADCAST)).isEqualTo(broadcast);
    assertThat(accepted(STRANGER)).isEqualTo(mode == 16);
  }

  @Test
  void countsWhatItDoesNotPass() {
    mode(0);
    accepted(STRANGER);

    assertThat(guest.device.filteredFrames()).isEqualTo(1);
  }

  @Test
  void followsAChangedAddress() {
    MacAddress wanted = new MacAddress(STRANGER);
    guest.vd.write32(Vmxnet3Registers.MACL, wanted.low());
    guest.vd.write32(Vmxnet3Registers.MACH, wanted.high());

    assertThat(accepted(STRANGER)).isTrue();
    assertThat(accepted(TestGuest.MAC.value())).isFalse();
  }

  @Test
  void passesVlansOfTheTable() {
    byte[] frame = Frames.plain(TestGuest.MAC.value(), 60, 1);
    assertThat(accepted(Frames.tagged(frame, 0x2064))).isFalse();
    guest.setInt(TestGuest.SHARED + DriverShared.VLAN_TABLE + 4 * (100 >> 5), 1 << (100 & 31));
    assertThat(guest.command(Vmxnet3Command.UPDATE_VLAN_FILTERS)).isZero();

    assertThat(accepted(Frames.tagged(frame, 0x2064))).isTrue();
    assertThat(accepted(Frames.tagged(frame, 101))).isFalse();
    assertThat(accepted(Frames.tagged(frame, 0xE000))).isTrue();
    assertThat(accepted(Frames.tagged(frame, 0x0FFF))).isTrue();
    assertThat(accepted(frame)).isTrue();
    mode(DriverShared.RX_MODE_PROMISCUOUS);
    assertThat(accepted(Frames.tagged(frame, 101))).isTrue();
  }

  @Test
  void keepsWhatPolicyForbidsToChange() {
    guest.host.allow = false;
    guest.setInt(TestGuest.SHARED + DriverShared.RX_MODE, DriverShared.RX_MODE_PROMISCUOUS);
    guest.setInt(TestGuest.SHARED + DriverShared.VLAN_TABLE, -1);

    assertThat(guest.command(Vmxnet3Command.UPDATE_RX_MODE)).isEqualTo(1);
    assertThat(guest.command(Vmxnet3Command.UPDATE_VLAN_FILTERS)).isEqualTo(1);
    assertThat(guest.command(Vmxnet3Command.UPDATE_MAC_FILTERS)).isEqualTo(1);
    assertThat(guest.device.rxMode()).isEqualTo(0x0F);
    assertThat(accepted(Frames.tagged(Frames.plain(TestGuest.MAC.value(), 60, 1), 5))).isFalse();
    assertThat(guest.host.calls).containsExactly("rxMode 16", "vlans 128", "multicast []");
  }

  @Test
  void refusesAnUnknownMode() {
    guest.setInt(TestGuest.SHARED + DriverShared.RX_MODE, 0x20);

    assertThat(guest.command(Vmxnet3Command.UPDATE_RX_MODE)).isEqualTo(1);
    assertThat(guest.host.calls).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"7,0x3000", "6,0x3FFFFF", "6,-1", "65535,0x3F8000"})
  void refusesAMulticastTable(int lengthBytes, String address) {
    guest.setInt(TestGuest.SHARED + DriverShared.MULTICAST_TABLE_LEN, lengthBytes);
    guest.setLong(TestGuest.SHARED + DriverShared.MULTICAST_TABLE_PA, Long.decode(address));

    assertThat(guest.command(Vmxnet3Command.UPDATE_MAC_FILTERS)).isEqualTo(1);
    assertThat(guest.host.calls).isEmpty();
  }

  @Test
  void leavesStationAddressesOutOfTheMulticastTable() {
    guest.setInt(TestGuest.SHARED + DriverShared.MULTICAST_TABLE_LEN, 12);
    guest.setLong(TestGuest.SHARED + DriverShared.MULTICAST_TABLE_PA, TestGuest.TABLES);
    MacAddress.write(guest.bytes, TestGuest.TABLES, STRANGER);
    MacAddress.write(guest.bytes, TestGuest.TABLES + 6, GROUP);
    guest.command(Vmxnet3Command.UPDATE_MAC_FILTERS);

    assertThat(guest.host.calls).containsExactly("multicast [01:00:5e:00:00:01]");
  }
}
