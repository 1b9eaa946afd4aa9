// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

import dev.npa.hypervisor.vswitch.RecordingPort;
import dev.npa.nic.DeviceThread;
import dev.npa.nic.MacAddress;
import dev.npa.nic.i82576.I82576;
import dev.npa.nic.i82576.VirtualFunction;
import dev.npa.nic.memory.GuestMemory;
import dev.npa.nic.memory.IommuDomain;
import dev.npa.nic.pci.ConfigSpace;
import java.util.ArrayList;
import java.util.List;

/// An 82576 with its PF driver, stepped by hand, and a guest behind each virtual function.
final class PfFixture implements VfListener {
  private static final long RINGS = 0x10_0000;

  final DeviceThread thread = new DeviceThread("host");
  final GuestMemory hostMemory = GuestMemory.allocate(I82576PfDriver.HOST_MEMORY_BYTES);
  final I82576 nic = new I82576(hostMemory, (address, data) -> false, thread);
  final RecordingPort fromDevice = new RecordingPort(100_000);
  final RecordingPort wire = new RecordingPort(100_000);
  final List<String> asked = new ArrayList<>();
  final I82576PfDriver pf;
  boolean allow = true;

  PfFixture() {
    pf = new I82576PfDriver(nic.physicalFunction(), hostMemory, thread, fromDevice, this);
    nic.connect(wire);
    thread.add(nic);
    thread.add(pf);
  }

  /// The first free function, acquired.
  int acquire() {
    return pf.vfAcquire(new VfRequirements(1500, 1, 1, 1, 0)).orElseThrow();
  }

  int enable() {
    int vf = acquire();
    pf.vfInit(vf, new VfParameters(1500, 0));
    return vf;
  }

  /// A function that runs in a guest of its own.
  VfRings run(MacAddress mac) {
    int vf = acquire();
    GuestMemory memory = GuestMemory.allocate(0x20_0000);
    IommuDomain domain = new IommuDomain(memory);
    domain.map(RINGS, RINGS, VfRings.SIZE_BYTES, IommuDomain.READ | IommuDomain.WRITE);
    VirtualFunction function = nic.virtualFunction(vf);
    function.assign(domain, (address, data) -> true);
    function.function().config().write(ConfigSpace.COMMAND, 2, ConfigSpace.COMMAND_BUS_MASTER);
    VfRings rings = new VfRings(function.function().bar(0), memory, RINGS);
    rings.start();
    pf.vfInit(vf, new VfParameters(1500, 0));
    pf.vfSetMac(vf, mac);
    pf.vfSetAntiSpoof(vf, true);
    pf.vfActivate(vf);
    return rings;
  }

  @Override
  public boolean macRequested(int vf, MacAddress mac) {
    asked.add("VF " + vf + " mac " + mac);
    return allow;
  }

  @Override
  public boolean maxFrameRequested(int vf, int lengthBytes) {
    asked.add("VF " + vf + " frame " + lengthBytes);
    return allow;
  }

  @Override
  public MacAddress mac(int vf) {
    return new MacAddress(0x0200_0000_0100L + vf);
  }

  @Override
  public void wasReset(int vf) {
    asked.add("VF " + vf + " reset");
  }
}
