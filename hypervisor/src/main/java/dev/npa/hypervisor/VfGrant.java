// SPDX-License-Identifier: MIT
package dev.npa.hypervisor;

import dev.npa.hypervisor.pf.PciCapabilities;
import dev.npa.nic.DeviceThread;
import dev.npa.nic.i82576.VirtualFunction;
import dev.npa.nic.memory.GuestMemory;
import dev.npa.nic.memory.IommuDomain;
import dev.npa.nic.pci.Bar;
import dev.npa.nic.pci.ConfigSpace;
import dev.npa.nic.pci.PciFunction;
import dev.npa.nic.vmxnet3.Vmxnet3Host.MemoryRegion;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Registers;
import java.util.List;

/// A virtual function in a guest's hands: its registers in the guest's BAR window, the guest memory
/// that it may access, its interrupts as interrupts of the guest's vmxnet3 function.
///
/// Interrupts are remapped: the function's table holds vector numbers, and a message becomes
/// whatever the guest has programmed for that vector of its own function by then.
final class VfGrant {
  /// Vector 0, the queue pair. The function's others are for mailboxes, which the guest does not
  /// use.
  static final int VECTORS = 1;

  private static final int VF_REGISTERS = 0;
  private static final int VF_MSI_X = 3;
  private static final int MSI_X_MESSAGE_CONTROL = 2;
  private static final int MSI_X_ENABLE = 1 << 15;
  private static final int MSI_X_ENTRY_BYTES = 16;
  private static final int MSI_X_DATA = 8;
  private static final int MSI_X_CONTROL = 12;

  private final VirtualFunction vf;
  private final PciFunction guestFunction;
  private final DeviceThread thread;
  private final IommuDomain domain;
  private final long malformedBefore;
  private final long forgedBefore;
  private final long refusedBefore;

  /// Assigns the function; it may not yet access any memory.
  VfGrant(VirtualFunction vf, PciFunction guestFunction, GuestMemory memory, DeviceThread thread) {
    this.vf = vf;
    this.guestFunction = guestFunction;
    this.thread = thread;
    this.domain = new IommuDomain(memory);
    this.malformedBefore = vf.malformedFrames();
    this.forgedBefore = vf.forgedFrames();
    this.refusedBefore = vf.missedFrames();
    vf.assign(domain, this::remapInterrupt);
    ConfigSpace config = vf.function().config();
    config.write(ConfigSpace.COMMAND, 2, ConfigSpace.COMMAND_BUS_MASTER);
    programVectors();
    guestFunction.map(Vmxnet3Registers.BAR_VF_WINDOW, vf.function().bar(VF_REGISTERS));
  }

  private void programVectors() {
    Bar table = vf.function().bar(VF_MSI_X);
    for (int vector = 0; vector < VECTORS; vector++) {
      int entry = vector * MSI_X_ENTRY_BYTES;
      table.write32(entry + MSI_X_DATA, vector);
      table.write32(entry + MSI_X_CONTROL, 0);
    }
    int capability = PciCapabilities.find(vf.function().config(), PciCapabilities.MSI_X);
    vf.function().config().write(capability + MSI_X_MESSAGE_CONTROL, 2, MSI_X_ENABLE);
  }

  private boolean remapInterrupt(long address, int vector) {
    if (vector < 0 || vector >= VECTORS) {
      return false;
    }
    guestFunction.msiX().raise(vector);
    return true;
  }

  /// @return false if a region does not consist of whole pages; then nothing of it is mapped
  boolean map(List<MemoryRegion> regions) {
    for (MemoryRegion region : regions) {
      if ((region.address() | region.lengthBytes()) % IommuDomain.PAGE_BYTES != 0
          || region.lengthBytes() == 0) {
        return false;
      }
    }
    for (MemoryRegion region : regions) {
      int permissions = IommuDomain.READ | IommuDomain.WRITE;
      domain.map(region.address(), region.address(), region.lengthBytes(), permissions);
    }
    return true;
  }

  long faults() {
    return domain.faults();
  }

  /// Frames that the function has taken off its queue and dropped: they made no sense.
  long framesMalformed() {
    return vf.malformedFrames() - malformedBefore;
  }

  /// Frames that anti-spoofing has dropped.
  long framesForged() {
    return vf.forgedFrames() - forgedBefore;
  }

  /// Frames that came for the function while it did not receive, or were too long for it.
  long framesRefused() {
    return vf.missedFrames() - refusedBefore;
  }

  /// Takes registers, memory and interrupts away.
  void close() {
    guestFunction.map(
        Vmxnet3Registers.BAR_VF_WINDOW, Bar.unmapped(Vmxnet3Registers.VF_WINDOW_BYTES, thread));
    domain.unmapAll();
    vf.unassign();
  }
}
