// SPDX-License-Identifier: MIT
package dev.npa.hypervisor;

import static dev.npa.hypervisor.TestHost.A;
import static dev.npa.hypervisor.TestHost.ALL;
import static dev.npa.hypervisor.TestHost.B;
import static dev.npa.hypervisor.TestHost.FAR;
import static dev.npa.hypervisor.vswitch.Frames.frame;
import static dev.npa.nic.vmxnet3.abi.Vmxnet3Command.ACTIVATE_VF;
import static dev.npa.nic.vmxnet3.abi.Vmxnet3Command.GET_DID_LO;
import static dev.npa.nic.vmxnet3.abi.Vmxnet3Command.QUIESCE_DEV;
import static dev.npa.nic.vmxnet3.abi.Vmxnet3Command.RESET_DEV;
import static dev.npa.nic.vmxnet3.abi.Vmxnet3Command.RESULT_FAIL;
import static dev.npa.nic.vmxnet3.abi.Vmxnet3Command.RESULT_RETRY;
import static dev.npa.nic.vmxnet3.abi.Vmxnet3Command.STOP_EMULATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.npa.hypervisor.pf.VfRings;
import dev.npa.hypervisor.port.PortPolicy;
import dev.npa.hypervisor.port.VlanSet;
import dev.npa.nic.MacAddress;
import dev.npa.nic.i82576.I82576Registers;
import dev.npa.nic.vmxnet3.abi.DriverShared;
import dev.npa.nic.vmxnet3.abi.PluginConf;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Registers;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LifeCycleTest {
  private final TestHost host = new TestHost();
  private final Hypervisor hypervisor = host.hypervisor;
  private final VirtualMachine vmA = host.vm("a", A, PortPolicy.STANDARD);
  private final VirtualMachine vmB = host.vm("b", B, PortPolicy.STANDARD);
  private final TestGuest a = new TestGuest(vmA);
  private final TestGuest b = new TestGuest(vmB);

  @BeforeEach
  void boot() {
    assertThat(a.activate(100)).isZero();
    assertThat(b.activate(100)).isZero();
  }

  private void assertConnectedInEmulation() {
    assertThat(vmA.mode()).isEqualTo(VmMode.EMULATED);
    assertThat(vmA.vf()).isEmpty();
    a.send(List.of(frame(B, A, 1000), frame(FAR, A, 1001)));
    b.send(List.of(frame(A, B, 1002)));
    host.fromWire(frame(A, FAR, 1003));
    host.settle();
    a.receive(true);
    b.receive(true);
    assertThat(b.received).contains(frame(B, A, 1000));
    assertThat(host.wire.frames).contains(frame(FAR, A, 1001));
    assertThat(a.received).contains(frame(A, B, 1002), frame(A, FAR, 1003));
  }

  @Test
  void connectsGuestsInEmulation() {
    assertConnectedInEmulation();
  }

  @Test
  void tellsThePluginWhatItMustKnow() {
    host.prepare(vmA, a);

    assertThat(a.conf(PluginConf.MAGIC)).isEqualTo(PluginConf.MAGIC_VALUE);
    assertThat(a.conf(PluginConf.VERSION)).isEqualTo(PluginConf.VERSION_VALUE);
    assertThat(a.conf(PluginConf.VENDOR_ID)).isEqualTo(0x10CA_8086);
    assertThat(a.conf(PluginConf.BAR_OFFSET)).isZero();
    assertThat(a.conf(PluginConf.BAR_SIZE)).isEqualTo(0x4000);
    assertThat(a.conf(PluginConf.NUM_TX_QUEUES)).isEqualTo(0x01_01_01);
    assertThat(a.conf(PluginConf.API_VERSION)).isEqualTo(1);
    assertThat(vmA.mode()).isEqualTo(VmMode.STOPPED);
  }

  @Test
  void connectsAGuestOnAFunctionToAllOthers() {
    VfRings rings = host.attach(vmA, a);

    rings.send(List.of(frame(B, A, 1), frame(FAR, A, 2), frame(ALL, A, 3)));
    b.send(List.of(frame(A, B, 4), frame(ALL, B, 5)));
    host.settle();
    host.fromWire(frame(A, FAR, 6));
    host.settle();
    b.receive(true);

    assertThat(b.received).containsExactly(frame(B, A, 1), frame(ALL, A, 3));
    assertThat(host.wire.frames)
        .containsExactlyInAnyOrder(frame(FAR, A, 2), frame(ALL, A, 3), frame(ALL, B, 5));
    assertThat(rings.received())
        .containsExactly(frame(A, B, 4), frame(ALL, B, 5), frame(A, FAR, 6));
    VmStatistics statistics = vmA.statistics();
    assertThat(statistics.passthrough().sent()).isEqualTo(3);
    assertThat(statistics.passthrough().received()).isEqualTo(3);
    assertThat(statistics.switchesToPassthrough()).isEqualTo(1);
  }

  @Test
  void delaysTheSwitchOverUntilWaitingFramesHaveBuffers() {
    for (int i = 0; i < 120; i++) {
      b.send(List.of(frame(A, B, i)));
      host.settle();
    }
    host.prepare(vmA, a);

    assertThat(a.command(ACTIVATE_VF)).isEqualTo(RESULT_RETRY);
    assertThat(vmA.mode()).isEqualTo(VmMode.STOPPED);
    a.receive(true);
    assertThat(a.command(ACTIVATE_VF)).isZero();

    a.receive(false);
    assertThat(a.received).hasSize(120).endsWith(frame(A, B, 119));
  }

  @Test
  void raisesTheGuestsOwnVectorForTheFunction() {
    host.attach(vmA, a);
    host.interrupts.clear();

    host.fromWire(frame(A, FAR, 1));
    host.settle();

    assertThat(host.interrupts).containsExactly(0xA0);
  }

  @Test
  void takesAFunctionBackWithoutAsking() {
    VfRings rings = host.attach(vmA, a);
    rings.send(List.of(frame(B, A, 1), frame(B, A, 2)));
    rings.queue(List.of(frame(B, A, 3)));

    assertThat(hypervisor.detachVf(vmA)).isTrue();

    assertThat(vmA.mode()).isEqualTo(VmMode.HOLDING);
    assertThat(vmA.vf()).isEmpty();
    assertThat(rings.completed()).as("what was handed over was sent").isEqualTo(2);
    assertThat(vmA.vmxnet3().bar(Vmxnet3Registers.BAR_VF_WINDOW).isConnected()).isFalse();
    assertThat(a.events() & DriverShared.EVENT_DIC).isNotZero();
    assertThat(a.command(GET_DID_LO)).isEqualTo(0x07B0);
    rings.send(List.of(frame(B, A, 4)));
    b.send(List.of(frame(A, B, 5)));
    host.settle();
    b.receive(true);
    assertThat(b.received).containsExactly(frame(B, A, 1), frame(B, A, 2));

    a.activate(100);
    host.settle();
    a.receive(true);

    assertThat(a.received).containsExactly(frame(A, B, 5));
    assertConnectedInEmulation();
  }

  @Test
  void keepsOrderAndLosesNothingWhenItSwitchesUnderLoad() {
    SwitchUnderLoad load = new SwitchUnderLoad(host, vmA, a, b);

    for (int i = 0; i < 20; i++) {
      load.toPassthrough();
      load.toEmulated();
    }

    assertThat(load.receivedByA()).isEqualTo(load.sentToA());
    assertThat(load.receivedByB()).isEqualTo(load.sentToB());
    assertThat(vmA.statistics().emulated().dropped()).isZero();
    assertThat(vmA.statistics().switchesToEmulated()).isEqualTo(20);
  }

  @Test
  void leavesTheGuestConnectedWhenTheShellRefusesThePlugin() {
    assertThat(hypervisor.offerPackage(vmA, new byte[] {9})).isEqualTo(Attach.OFFERED);
    assertThat(a.loadPlugin(TestGuest.REGION_BYTES)).isZero();
    a.setStatus(PluginConf.STATUS_REFUSED);

    assertThat(a.loadPlugin(0)).isZero();

    assertThat(vmA.lastStatus()).isEqualTo(PluginStatus.REFUSED);
    assertThat(a.command(GET_DID_LO)).isEqualTo(0x07B0);
    assertConnectedInEmulation();
    assertThat(hypervisor.quarantined()).isEmpty();
    assertThat(hypervisor.events())
        .anyMatch(event -> event.kind() == HypervisorEvent.Kind.WITHDRAWN);
  }

  @Test
  void goesBackToEmulationWhenTheShellGivesUpAfterStopping() {
    host.prepare(vmA, a);
    a.setStatus(PluginConf.STATUS_DECLINED);

    a.loadPlugin(0);
    assertThat(a.activate(100)).isZero();

    assertThat(vmA.lastStatus()).isEqualTo(PluginStatus.DECLINED);
    assertConnectedInEmulation();
  }

  @Test
  void refusesStepsOutOfOrder() {
    assertThat(a.loadPlugin(TestGuest.REGION_BYTES)).isEqualTo(RESULT_FAIL);
    assertThat(a.registerMemory()).isEqualTo(RESULT_FAIL);
    assertThat(a.command(STOP_EMULATION)).isEqualTo(RESULT_FAIL);
    assertThat(a.command(ACTIVATE_VF)).isEqualTo(RESULT_FAIL);
    hypervisor.offerPackage(vmA, new byte[10]);
    assertThat(a.loadPlugin(PluginConf.HEADER_BYTES + 9)).isEqualTo(RESULT_FAIL);
    assertThat(a.command(STOP_EMULATION)).isEqualTo(RESULT_FAIL);
    assertThat(a.loadPlugin(PluginConf.HEADER_BYTES + 10)).isZero();
    assertThat(a.command(ACTIVATE_VF)).isEqualTo(RESULT_FAIL);

    hypervisor.detachVf(vmA);

    assertConnectedInEmulation();
  }

  @Test
  void takesBackAnOfferThatNobodyAnswers() {
    hypervisor.offerPackage(vmA, new byte[10]);

    assertThat(hypervisor.detachVf(vmA)).isTrue();

    assertThat(a.command(GET_DID_LO)).isEqualTo(0x07B0);
    assertThat(hypervisor.detachVf(vmA)).isFalse();
    assertConnectedInEmulation();
  }

  @Test
  void quarantinesTheFunctionOfAFaultedPlugin() {
    VfRings rings = host.attach(vmA, a);
    rings.send(List.of(frame(B, A, 1)));
    a.setStatus(PluginConf.STATUS_FAULTED);

    a.command(RESET_DEV);
    b.send(List.of(frame(A, B, 2)));
    host.settle();
    a.activate(100);
    host.settle();
    a.receive(true);

    assertThat(vmA.lastStatus()).isEqualTo(PluginStatus.FAULTED);
    assertThat(hypervisor.quarantined()).extracting(QuarantinedVf::vf).containsExactly(0);
    assertThat(a.received).contains(frame(A, B, 2));
    assertConnectedInEmulation();
    host.attach(vmA, a);
    assertThat(vmA.vf()).hasValue(1);
    hypervisor.release(0);
    host.attach(vmB, b);
    assertThat(vmB.vf()).hasValue(0);
    assertThatIllegalArgumentException().isThrownBy(() -> hypervisor.release(0));
  }

  @Test
  void takesAFunctionThatReachesOutsideItsGrant() {
    VfRings rings = host.attach(vmA, a);

    rings.sendFrom(0x1000, 60);
    host.settle();

    assertThat(vmA.mode()).isEqualTo(VmMode.HOLDING);
    assertThat(vmA.statistics().iommuFaults()).isPositive();
    assertThat(hypervisor.quarantined()).extracting(QuarantinedVf::vm).containsExactly("a");
    a.activate(100);
    assertConnectedInEmulation();
  }

  @Test
  void takesAFunctionThatItsUserReset() {
    host.attach(vmA, a);

    vmA.vmxnet3()
        .bar(Vmxnet3Registers.BAR_VF_WINDOW)
        .write32(I82576Registers.VTCTRL, I82576Registers.CTRL_RST);
    host.settle();

    assertThat(vmA.mode()).isEqualTo(VmMode.HOLDING);
    a.activate(100);
    assertConnectedInEmulation();
  }

  @Test
  void freesTheFunctionOfAGuestThatStopsItsDevice() {
    host.attach(vmA, a);

    a.command(QUIESCE_DEV);

    assertThat(vmA.mode()).isEqualTo(VmMode.INACTIVE);
    assertThat(vmA.vf()).isEmpty();
    b.send(List.of(frame(A, B, 1)));
    host.settle();
    a.activate(100);
    host.settle();
    a.receive(true);
    assertThat(a.received).as("frames for a device that was down").isEmpty();
    assertConnectedInEmulation();
  }

  @Test
  void changesTheAddressOfARunningFunction() {
    VfRings rings = host.attach(vmA, a);
    MacAddress other = MacAddress.parse("02:00:00:00:00:aa");

    a.setMac(other);
    b.send(List.of(frame(other, B, 1)));
    rings.send(List.of(frame(B, other, 2), frame(B, A, 3)));
    host.settle();
    b.receive(true);

    assertThat(vmA.mac()).isEqualTo(other);
    assertThat(rings.received()).containsExactly(frame(other, B, 1));
    assertThat(b.received).containsExactly(frame(B, other, 2));
    hypervisor.detachVf(vmA);
    a.activate(100);
    b.send(List.of(frame(other, B, 4)));
    host.settle();
    a.receive(true);
    assertThat(a.received).containsExactly(frame(other, B, 4));
  }

  @Test
  void keepsAGuestInEmulationWhoseVlansTheDeviceCannotSeparate() {
    VirtualMachine vm =
        host.vm(
            "c",
            new MacAddress(0x0200_0000_000CL),
            PortPolicy.STANDARD.withVlans(VlanSet.of(0, 5)));
    TestGuest guest = new TestGuest(vm);
    guest.activate(100);
    host.prepare(vm, guest);

    assertThat(guest.command(ACTIVATE_VF)).isEqualTo(RESULT_FAIL);

    assertThat(vm.mode()).isEqualTo(VmMode.EMULATED);
    b.send(List.of(frame(vm.mac(), B, 1)));
    host.settle();
    guest.receive(true);
    assertThat(guest.received).containsExactly(frame(vm.mac(), B, 1));
  }

  @Test
  void offersNothingToAGuestThatHasOrWaitsForAFunction() {
    host.attach(vmA, a);

    assertThat(hypervisor.attachVf(vmA)).isEqualTo(Attach.WRONG_MODE);
    assertThat(hypervisor.attachVf(vmB)).isEqualTo(Attach.NO_PLUGIN);
    assertThat(vmB.vf()).isEmpty();
  }

  @Test
  void leavesARemovedMachineNothingToActOn() {
    hypervisor.removeVm(vmA);
    VirtualMachine again = host.vm("again", A, PortPolicy.STANDARD);
    TestGuest guest = new TestGuest(again);
    guest.activate(100);

    a.setMac(MacAddress.parse("02:00:00:00:00:aa"));
    a.command(QUIESCE_DEV);
    a.activate(100);
    host.fromWire(frame(A, FAR, 1));
    host.settle();
    guest.receive(true);

    assertThat(guest.received).containsExactly(frame(A, FAR, 1));
    assertThat(vmA.mode()).isEqualTo(VmMode.EMULATED);
  }

  @Test
  void removesAMachineWithItsFunction() {
    host.attach(vmA, a);

    hypervisor.removeVm(vmA);

    assertThat(hypervisor.vms()).containsExactly(vmB);
    assertThatIllegalArgumentException().isThrownBy(() -> hypervisor.detachVf(vmA));
    VirtualMachine again = host.vm("a", A, PortPolicy.STANDARD);
    TestGuest guest = new TestGuest(again);
    guest.activate(100);
    host.attach(again, guest);
    assertThat(again.vf()).hasValue(0);
  }
}
