// SPDX-License-Identifier: MIT
package dev.npa.hypervisor;

import dev.npa.nic.DeviceThread;
import dev.npa.nic.MacAddress;
import dev.npa.nic.memory.GuestMemory;
import dev.npa.nic.pci.PciFunction;
import java.util.OptionalInt;

/// A virtual machine: the memory and the PCI function that its guest boots on, and how it stands
/// with virtual functions. Methods may be called from any thread.
public final class VirtualMachine {
  private final String name;
  private final GuestMemory memory;
  private final PciFunction vmxnet3;
  private final DeviceThread thread;
  private final PortControl port;
  private final VfLifeCycle lifeCycle;

  VirtualMachine(
      String name,
      GuestMemory memory,
      PciFunction vmxnet3,
      DeviceThread thread,
      PortControl port,
      VfLifeCycle lifeCycle) {
    this.name = name;
    this.memory = memory;
    this.vmxnet3 = vmxnet3;
    this.thread = thread;
    this.port = port;
    this.lifeCycle = lifeCycle;
  }

  public String name() {
    return name;
  }

  public GuestMemory memory() {
    return memory;
  }

  /// The network device, the only one that the guest sees.
  public PciFunction vmxnet3() {
    return vmxnet3;
  }

  /// The address that the guest has now.
  public MacAddress mac() {
    return thread.call(port::mac);
  }

  public VmMode mode() {
    return lifeCycle.mode();
  }

  /// What the shell said about the latest plugin.
  public PluginStatus lastStatus() {
    return lifeCycle.lastStatus();
  }

  /// The virtual function that is on offer or in use.
  public OptionalInt vf() {
    return thread.call(lifeCycle::vf);
  }

  public VmStatistics statistics() {
    return thread.call(lifeCycle::statistics);
  }

  PortControl port() {
    return port;
  }

  VfLifeCycle lifeCycle() {
    return lifeCycle;
  }
}
