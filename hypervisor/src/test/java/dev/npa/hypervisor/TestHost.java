// SPDX-License-Identifier: MIT
package dev.npa.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.hypervisor.pf.VfRings;
import dev.npa.hypervisor.port.PortPolicy;
import dev.npa.hypervisor.vswitch.Frames;
import dev.npa.hypervisor.vswitch.RecordingPort;
import dev.npa.nic.DeviceThread;
import dev.npa.nic.MacAddress;
import dev.npa.nic.i82576.I82576;
import dev.npa.nic.memory.GuestMemory;
import dev.npa.nic.vmxnet3.abi.DriverShared;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Command;
import dev.npa.verifier.packaging.ThrowawayPki;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// A host with a real 82576 and a hypervisor, stepped by hand.
final class TestHost {
  static final MacAddress A = MacAddress.parse("02:00:00:00:00:0a");
  static final MacAddress B = MacAddress.parse("02:00:00:00:00:0b");
  static final MacAddress FAR = MacAddress.parse("02:00:00:00:ff:01");
  static final MacAddress ALL = new MacAddress(MacAddress.BROADCAST);
  static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  static final ThrowawayPki PKI = pki();

  /// What the tests inject: nobody here looks into it.
  private static final byte[] PACKAGE = {1, 2, 3, 4, 5};

  final DeviceThread thread = new DeviceThread("host");
  final RecordingPort wire = new RecordingPort(1_000_000);
  final List<Integer> interrupts = new ArrayList<>();
  final PluginStore store = new PluginStore(PKI.trustAnchors(), InstantSource.fixed(NOW));
  final Hypervisor hypervisor;
  private final I82576 nic;

  TestHost() {
    GuestMemory hostMemory = GuestMemory.allocate(Hypervisor.HOST_MEMORY_BYTES);
    nic = new I82576(hostMemory, (address, data) -> false, thread);
    nic.connect(wire);
    thread.add(nic);
    hypervisor = Hypervisor.start(nic, hostMemory, thread, store);
  }

  private static ThrowawayPki pki() {
    try {
      return ThrowawayPki.create("Example NICs", NOW);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  VirtualMachine vm(String name, MacAddress mac, PortPolicy policy) {
    return hypervisor.createVm(name, mac, 0x40_0000, this::interrupt, policy);
  }

  private boolean interrupt(long address, int data) {
    interrupts.add(data);
    return true;
  }

  void settle() {
    thread.pollUntilIdle();
  }

  void fromWire(String frame) {
    Frames.send(nic.fromWire(), frame);
  }

  /// Offers a function, and plays the shell up to the moment before ACTIVATE_VF.
  VfRings prepare(VirtualMachine vm, TestGuest guest) {
    assertThat(hypervisor.offerPackage(vm, PACKAGE)).isEqualTo(Attach.OFFERED);
    assertThat(guest.events() & DriverShared.EVENT_DIC).isNotZero();
    assertThat(guest.command(Vmxnet3Command.GET_DID_LO)).isEqualTo(Vmxnet3Command.DID_PASSTHRU);
    assertThat(guest.loadPlugin(TestGuest.REGION_BYTES)).isZero();
    assertThat(guest.injectedPackage()).isEqualTo(PACKAGE);
    assertThat(guest.registerMemory()).isZero();
    assertThat(guest.command(Vmxnet3Command.STOP_EMULATION)).isZero();
    VfRings rings = guest.vfRings();
    rings.start();
    return rings;
  }

  /// Brings a guest onto a function.
  VfRings attach(VirtualMachine vm, TestGuest guest) {
    VfRings rings = prepare(vm, guest);
    int result = guest.command(Vmxnet3Command.ACTIVATE_VF);
    while (result == Vmxnet3Command.RESULT_RETRY) {
      guest.receive(true);
      result = guest.command(Vmxnet3Command.ACTIVATE_VF);
    }
    assertThat(result).isZero();
    guest.receive(false);
    assertThat(vm.mode()).isEqualTo(VmMode.PASSTHROUGH);
    return rings;
  }
}
