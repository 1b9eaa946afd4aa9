// SPDX-License-Identifier: MIT
package dev.npa.hypervisor;

import static dev.npa.hypervisor.TestHost.A;
import static dev.npa.hypervisor.TestHost.B;
import static dev.npa.hypervisor.TestHost.FAR;
import static dev.npa.hypervisor.vswitch.Frames.frame;
import static dev.npa.nic.vmxnet3.abi.Vmxnet3Command.ACTIVATE_VF;
import static dev.npa.nic.vmxnet3.abi.Vmxnet3Command.RESULT_FAIL;
import static dev.npa.nic.vmxnet3.abi.Vmxnet3Command.UPDATE_RX_MODE;
import static dev.npa.nic.vmxnet3.abi.Vmxnet3Command.UPDATE_VLAN_FILTERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.npa.hypervisor.pf.VfRings;
import dev.npa.hypervisor.port.PortPolicy;
import dev.npa.hypervisor.port.VlanSet;
import dev.npa.nic.MacAddress;
import dev.npa.nic.i82576.I82576Registers;
import dev.npa.nic.pci.Bar;
import dev.npa.nic.vmxnet3.abi.DriverShared;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Registers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyTest {
  private static final MacAddress OTHER = MacAddress.parse("02:00:00:00:00:aa");
  private static final int PROMISCUOUS =
      DriverShared.RX_MODE_UNICAST | DriverShared.RX_MODE_PROMISCUOUS;

  private final TestHost host = new TestHost();

  private void assertRefused(String what) {
    assertThat(host.hypervisor.events())
        .anyMatch(
            event ->
                event.kind() == HypervisorEvent.Kind.REFUSED_BY_POLICY
                    && event.detail().contains(what));
  }

  @Test
  void keepsTheAddressThatPolicyFixes() {
    VirtualMachine vm = host.vm("a", A, PortPolicy.STANDARD.withMacChange(false));
    TestGuest guest = new TestGuest(vm);
    guest.activate(10);

    assertThat(guest.setMac(OTHER)).isEqualTo(A.low());
    host.attach(vm, guest);
    assertThat(guest.setMac(OTHER)).isEqualTo(A.low());

    assertThat(vm.mac()).isEqualTo(A);
    assertRefused("02:00:00:00:00:aa");
  }

  @Test
  void refusesTheAddressOfAnotherGuest() {
    VirtualMachine vm = host.vm("a", A, PortPolicy.STANDARD);
    host.vm("b", B, PortPolicy.STANDARD);
    TestGuest guest = new TestGuest(vm);
    guest.activate(10);

    assertThat(guest.setMac(B)).isEqualTo(A.low());

    assertRefused("another guest");
  }

  @Test
  void receivesForAChangedAddress() {
    VirtualMachine vm = host.vm("a", A, PortPolicy.STANDARD);
    TestGuest guest = new TestGuest(vm);
    guest.activate(10);

    assertThat(guest.setMac(OTHER)).isEqualTo(OTHER.low());
    host.fromWire(frame(OTHER, FAR, 1));
    host.fromWire(frame(A, FAR, 2));
    host.settle();
    guest.receive(true);

    assertThat(guest.received).containsExactly(frame(OTHER, FAR, 1));
  }

  @Test
  void refusesPromiscuousModeByDefault() {
    TestGuest guest = new TestGuest(host.vm("a", A, PortPolicy.STANDARD));
    guest.activate(10);
    guest.setRxMode(PROMISCUOUS);

    assertThat(guest.command(UPDATE_RX_MODE)).isEqualTo(RESULT_FAIL);
    assertRefused("receive mode");
  }

  @Test
  void doesNotCombinePromiscuousModeWithAFunction() {
    VirtualMachine vm = host.vm("a", A, PortPolicy.STANDARD.withRxModes(0x1F));
    VirtualMachine peer = host.vm("b", B, PortPolicy.STANDARD);
    TestGuest guest = new TestGuest(vm);
    TestGuest other = new TestGuest(peer);
    guest.activate(10);
    other.activate(10);
    guest.setRxMode(PROMISCUOUS);
    assertThat(guest.command(UPDATE_RX_MODE)).isZero();
    host.prepare(vm, guest);

    assertThat(guest.command(ACTIVATE_VF)).isEqualTo(RESULT_FAIL);

    assertThat(vm.mode()).isEqualTo(VmMode.EMULATED);
    other.send(List.of(frame(FAR, B, 1)));
    host.settle();
    guest.receive(true);
    assertThat(guest.received).containsExactly(frame(FAR, B, 1));
  }

  @Test
  void refusesAnMtuOutsideThePolicy() {
    TestGuest guest = new TestGuest(host.vm("a", A, PortPolicy.STANDARD.withMtu(60, 1400)));

    assertThat(guest.activate(10)).isEqualTo(RESULT_FAIL);
    assertRefused("MTU 1500");
  }

  @Test
  void refusesVlansOutsideThePolicy() {
    VlanSet vlans = VlanSet.of(0, 5);
    TestGuest guest = new TestGuest(host.vm("a", A, PortPolicy.STANDARD.withVlans(vlans)));
    guest.activate(10);

    guest.setVlans(5);
    assertThat(guest.command(UPDATE_VLAN_FILTERS)).isZero();
    guest.setVlans(5, 6);
    assertThat(guest.command(UPDATE_VLAN_FILTERS)).isEqualTo(RESULT_FAIL);
    assertRefused("6");
  }

  @Test
  void letsAGuestForgeAddressesInBothModesIfPolicySaysSo() {
    VirtualMachine vm = host.vm("a", A, PortPolicy.STANDARD.withForgedTransmits(true));
    TestGuest guest = new TestGuest(vm);
    guest.activate(10);

    guest.send(List.of(frame(FAR, OTHER, 1)));
    host.settle();
    VfRings rings = host.attach(vm, guest);
    rings.send(List.of(frame(FAR, OTHER, 2)));
    host.settle();

    assertThat(host.wire.frames).containsExactly(frame(FAR, OTHER, 1), frame(FAR, OTHER, 2));
  }

  @Test
  void dropsForgedAddressesInBothModesByDefault() {
    VirtualMachine vm = host.vm("a", A, PortPolicy.STANDARD);
    TestGuest guest = new TestGuest(vm);
    guest.activate(10);

    guest.send(List.of(frame(FAR, OTHER, 1)));
    host.settle();
    VfRings rings = host.attach(vm, guest);
    rings.send(List.of(frame(FAR, OTHER, 2)));
    host.settle();

    assertThat(host.wire.frames).isEmpty();
    assertThat(vm.statistics().emulated().dropped()).isEqualTo(1);
  }

  @Test
  void refusesASecondMachineOfTheSameNameOrAddress() {
    host.vm("a", A, PortPolicy.STANDARD);

    assertThatIllegalArgumentException().isThrownBy(() -> host.vm("a", B, PortPolicy.STANDARD));
    assertThatIllegalArgumentException().isThrownBy(() -> host.vm("b", A, PortPolicy.STANDARD));
  }

  @Test
  void changesTheMtuOfARunningFunction() {
    VirtualMachine vm = host.vm("a", A, PortPolicy.STANDARD.withMtu(60, 2000));
    TestGuest guest = new TestGuest(vm);
    guest.activate(10);
    VfRings rings = host.attach(vm, guest);
    String longFrame = frame(A, FAR, 1) + "00".repeat(1900 - frame(A, FAR, 1).length() / 2);

    host.fromWire(longFrame);
    assertThat(guest.setMtu(2000)).isZero();
    host.fromWire(longFrame);
    assertThat(guest.setMtu(2001)).isEqualTo(RESULT_FAIL);

    host.settle();
    assertThat(rings.received()).containsExactly(longFrame);
    assertRefused("MTU 2001");
  }

  @Test
  void doesNotGiveAFunctionAllGroupsWherePolicyForbidsThem() {
    int some =
        DriverShared.RX_MODE_UNICAST
            | DriverShared.RX_MODE_BROADCAST
            | DriverShared.RX_MODE_MULTICAST;
    VirtualMachine vm = host.vm("a", A, PortPolicy.STANDARD.withRxModes(some));
    TestGuest guest = new TestGuest(vm);
    guest.activate(10);
    host.attach(vm, guest);

    assertThat(guest.setGroups(32)).isZero();
    assertThat(guest.setGroups(33)).isEqualTo(RESULT_FAIL);
    assertRefused("33 multicast groups");
  }

  @Test
  void doesNotMoveAGuestWithMoreGroupsThanAFunctionMayReceive() {
    VirtualMachine vm =
        host.vm("a", A, PortPolicy.STANDARD.withRxModes(DriverShared.RX_MODE_UNICAST | 6));
    TestGuest guest = new TestGuest(vm);
    guest.activate(10);
    assertThat(guest.setGroups(33)).isZero();
    host.prepare(vm, guest);

    assertThat(guest.command(ACTIVATE_VF)).isEqualTo(RESULT_FAIL);
    assertThat(vm.mode()).isEqualTo(VmMode.EMULATED);
  }

  @ParameterizedTest
  @CsvSource({
    "6, -1",
    "6, 0x7FFFFFFFFFFFFFFF",
    "65535, 0x100000",
    "5, 0x100000",
    "65532, 0x3FFFFF",
    "6, 0xFFFFFFFFFFFFF000",
    "1, 0"
  })
  void refusesATableOfGroupsThatIsNone(int lengthBytes, String address) {
    VirtualMachine vm = host.vm("a", A, PortPolicy.STANDARD);
    TestGuest guest = new TestGuest(vm);
    guest.activate(10);

    long at = address.startsWith("0x") ? Long.parseUnsignedLong(address.substring(2), 16) : -1;
    assertThat(guest.setGroupTable(lengthBytes, at)).isEqualTo(RESULT_FAIL);

    host.fromWire(frame(A, FAR, 1));
    host.settle();
    guest.receive(true);
    assertThat(guest.received).containsExactly(frame(A, FAR, 1));
  }

  @Test
  void comesBackWithAllFiltersInUse() {
    VirtualMachine vm = host.vm("a", A, PortPolicy.STANDARD);
    TestGuest guest = new TestGuest(vm);
    guest.activate(10);
    for (int i = 0; i < 23; i++) {
      host.vm("other-" + i, new MacAddress(0x0200_0000_1000L + i), PortPolicy.STANDARD);
    }
    host.attach(vm, guest);

    assertThat(host.hypervisor.detachVf(vm)).isTrue();
    guest.activate(10);

    host.fromWire(frame(A, FAR, 1));
    host.settle();
    guest.receive(true);
    assertThat(guest.received).contains(frame(A, FAR, 1));
  }

  private void mail(Bar window, int... words) {
    window.write32(I82576Registers.VFMAILBOX, I82576Registers.VFMAILBOX_VFU);
    for (int i = 0; i < words.length; i++) {
      window.write32(I82576Registers.VMBMEM + 4 * i, words[i]);
    }
    window.write32(I82576Registers.VFMAILBOX, I82576Registers.VFMAILBOX_REQ);
    host.settle();
  }

  @Test
  void doesNotLetAPluginChangeSettingsByTheMailbox() {
    VirtualMachine vm = host.vm("a", A, PortPolicy.STANDARD);
    TestGuest guest = new TestGuest(vm);
    guest.activate(10);
    host.attach(vm, guest);
    Bar window = vm.vmxnet3().bar(Vmxnet3Registers.BAR_VF_WINDOW);

    mail(window, 1); // RESET
    mail(window, 2, OTHER.low(), OTHER.high()); // SET_MAC

    assertThat(vm.mac()).isEqualTo(A);
    assertRefused("mailbox");
  }
}
