// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import dev.npa.nic.DeviceThread;
import dev.npa.nic.memory.IommuDomain;
import dev.npa.nic.pci.Bar;
import dev.npa.nic.pci.ConfigSpace;
import dev.npa.nic.pci.MessageTarget;
import dev.npa.nic.pci.MsiX;
import dev.npa.nic.pci.PciFunction;
import java.util.function.ToLongFunction;

/// One virtual function, from the time SR-IOV's VF Enable is set until it is cleared.
///
/// Its configuration space belongs to the hypervisor, which must set bus master there, and MSI-X
/// enable, for the VF to do anything. BAR0 is mapped while the VF is assigned and SR-IOV's VF
/// memory space enable is set; BAR3 while the latter is.
public final class VirtualFunction {
  private static final MessageTarget NOWHERE = (address, data) -> false;

  private final int index;
  private final Pool pool;
  private final DeviceThread thread;
  private final IommuDomain nothing;
  private final ConfigSpace config = FunctionConfig.virtual();
  private final MsiX msiX = new MsiX(VfInterrupts.VECTORS, FunctionConfig.PENDING_BITS, NOWHERE);
  private final PciFunction function = new PciFunction(config, msiX);
  private final BusMaster busMaster;
  private final PfInterrupts pfInterrupts;
  private final VfRegisters registers;
  private AssignedRegisters assignedRegisters;
  private boolean present = true;
  private boolean assigned;
  private boolean memorySpace;

  VirtualFunction(
      Pool pool,
      DeviceThread thread,
      IommuDomain nothing,
      Mailboxes mailboxes,
      PfInterrupts pfInterrupts,
      PfRegisters pfRegisters) {
    this.index = pool.index();
    this.pool = pool;
    this.thread = thread;
    this.nothing = nothing;
    this.busMaster = new BusMaster(config, nothing);
    this.pfInterrupts = pfInterrupts;
    VfInterrupts interrupts = new VfInterrupts(msiX, pfInterrupts, NOWHERE);
    this.registers = new VfRegisters(pool, interrupts, mailboxes, msiX, pfRegisters);
    this.assignedRegisters = new AssignedRegisters(registers, interrupts);
    map();
    config.afterWrite(offset -> thread.run(this::configWritten));
  }

  /// 0 to 6; the VF's routing id is the PF's + First VF Offset + `index()` * VF Stride.
  public int index() {
    return index;
  }

  /// What a guest or hypervisor sees of the VF.
  public PciFunction function() {
    return function;
  }

  /// Device id for the choice of a driver or plugin (the VF's own configuration space reads FFFFh).
  public int deviceId() {
    return FunctionConfig.VF_DEVICE_ID;
  }

  /// Number of transmit frames dropped because their descriptors made no sense.
  public long malformedFrames() {
    return count(PoolStatistics::malformedFrames);
  }

  /// Number of transmit frames dropped by anti-spoofing. The 82576 has this number for the whole
  /// port only (SSVPC); the model keeps it by function as well, since without it nobody could say
  /// which of a guest's frames are gone.
  public long forgedFrames() {
    return count(PoolStatistics::forgedFrames);
  }

  /// Gives the VF to a guest: a fresh mapping of BAR0, its IOMMU domain, its interrupt controller.
  /// Queues are stopped and reset, without finishing anything, so that the new guest never sees DMA
  /// of the old one.
  ///
  /// @throws IllegalStateException if VF Enable has been cleared since the VF was obtained
  public void assign(IommuDomain domain, MessageTarget target) {
    thread.run(
        () -> {
          if (!present) {
            throw new IllegalStateException("VF " + index + " was removed by VF Enable");
          }
          route(true, domain, target);
        });
  }

  /// Takes the VF from its guest: BAR0 disconnected, nothing mapped, messages go nowhere.
  public void unassign() {
    thread.run(
        () -> {
          if (present) {
            route(false, nothing, NOWHERE);
          }
        });
  }

  /// Number of frames that were dropped because the VF had their address and did not receive (after
  /// a reset, until the PF enables it anew), or not frames that long. The 82576 counts the latter
  /// for the whole port only (ROC), the former not at all.
  public long missedFrames() {
    return count(PoolStatistics::missedFrames);
  }

  private long count(ToLongFunction<PoolStatistics> what) {
    return thread.runsCaller()
        ? what.applyAsLong(pool.statistics())
        : thread.call(() -> what.applyAsLong(pool.statistics()));
  }

  VfInterrupts interrupts() {
    return assignedRegisters.interrupts();
  }

  VfRegisters registers() {
    return registers;
  }

  /// What BAR0 reaches as long as the VF is its present owner's.
  AssignedRegisters assignedRegisters() {
    return assignedRegisters;
  }

  /// SR-IOV's VF memory space enable.
  void memorySpace(boolean enabled) {
    if (memorySpace != enabled) {
      memorySpace = enabled;
      map();
    }
  }

  /// VF Enable was cleared.
  void remove() {
    route(false, nothing, NOWHERE);
    memorySpace(false);
    present = false;
  }

  private void route(boolean toGuest, IommuDomain domain, MessageTarget target) {
    VfInterrupts interrupts = new VfInterrupts(msiX, pfInterrupts, target);
    assignedRegisters = new AssignedRegisters(registers, interrupts);
    registers.assign(interrupts);
    registers.reset();
    assigned = toGuest;
    busMaster.translateThrough(domain);
    for (int v = 0; v < VfInterrupts.VECTORS; v++) {
      msiX.clearPending(v);
    }
    msiX.route(target);
    map();
  }

  private void map() {
    Bar bar0 =
        memorySpace && assigned
            ? new Bar(VfRegisters.BAR_BYTES, assignedRegisters, thread)
            : Bar.unmapped(VfRegisters.BAR_BYTES, thread);
    function.map(0, bar0);
    function.map(
        3,
        memorySpace
            ? new Bar(FunctionConfig.MSIX_BAR_BYTES, msiX, thread)
            : Bar.unmapped(FunctionConfig.MSIX_BAR_BYTES, thread));
    pool.own(busMaster, interrupts(), bar0, VfRegisters.RX_DOORBELL, VfRegisters.TX_DOORBELL);
  }

  private void configWritten() {
    if (!present) {
      return;
    }
    if (FunctionConfig.takeFunctionLevelReset(config)) {
      registers.softwareReset();
      FunctionConfig.reset(config);
    }
    busMaster.configWritten();
    FunctionConfig.passMsiXControl(config, msiX);
  }
}
