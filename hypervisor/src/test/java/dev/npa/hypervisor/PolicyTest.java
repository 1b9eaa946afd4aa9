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
import dev.npa.nic.vmxnet3.abi.DriverShared;
import java.util.List;
import org.junit.jupiter.api.Test;

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
}
