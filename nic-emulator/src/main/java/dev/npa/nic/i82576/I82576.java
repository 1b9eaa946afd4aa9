// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import dev.npa.nic.Device;
import dev.npa.nic.DeviceThread;
import dev.npa.nic.FramePort;
import dev.npa.nic.memory.GuestMemory;
import dev.npa.nic.memory.IommuDomain;
import dev.npa.nic.pci.Bar;
import dev.npa.nic.pci.ConfigSpace;
import dev.npa.nic.pci.MessageTarget;
import dev.npa.nic.pci.MsiX;
import dev.npa.nic.pci.PciFunction;
import dev.npa.nic.pci.SriovCapability;
import java.lang.foreign.MemorySegment;

/// One port of an Intel 82576: a physical function, up to seven virtual ones, the switch between
/// them and the wire.
///
/// As on hardware nothing moves before the PF driver has set bus master, RCTL.RXEN and TCTL.EN, and
/// no frame passes between functions before MRQC selects VMDq and DTXSWC enables loopback. Groups
/// reach more than one pool only with VT_CTL's replication enable. Every VF needs bus master in its
/// own configuration space.
public final class I82576 implements Device {
  private final DeviceThread thread;
  private final ConfigSpace config = FunctionConfig.physical();
  private final MsiX msiX;
  private final PciFunction physicalFunction;
  private final BusMaster busMaster;
  private final IommuDomain nothing;
  private final PfInterrupts interrupts;
  private final EmbeddedSwitch embeddedSwitch;
  private final Mailboxes mailboxes;
  private final VirtualFunctions virtualFunctions = new VirtualFunctions(config);
  private final PfRegisters registers;
  private final Bar bar0;

  /// @param hostMemory what the PF reaches by DMA, all of it
  /// @param hostInterrupts where the PF's messages go
  /// @param thread gives the device its turns once [DeviceThread#add] was called
  public I82576(GuestMemory hostMemory, MessageTarget hostInterrupts, DeviceThread thread) {
    this.thread = thread;
    msiX = new MsiX(PfInterrupts.VECTORS, FunctionConfig.PENDING_BITS, hostInterrupts);
    physicalFunction = new PciFunction(config, msiX);
    busMaster = new BusMaster(config, IommuDomain.identity(hostMemory));
    nothing = new IommuDomain(hostMemory);
    interrupts = new PfInterrupts(msiX);
    mailboxes = new Mailboxes(interrupts);
    RegisterTable table = PfRegisterMap.create();
    PortStatistics statistics = new PortStatistics();
    embeddedSwitch = new EmbeddedSwitch(table, statistics, interrupts);
    registers =
        new PfRegisters(
            table, embeddedSwitch, interrupts, statistics, mailboxes, virtualFunctions, busMaster);
    bar0 = new Bar(PfRegisterMap.BAR_BYTES, registers, thread);
    registers.mappedBy(bar0);
    physicalFunction.map(0, bar0);
    physicalFunction.map(3, new Bar(FunctionConfig.MSIX_BAR_BYTES, msiX, thread));
    returnPools(PoolFilters.POOLS);
    embeddedSwitch.reload();
    config.afterWrite(offset -> thread.run(this::configWritten));
  }

  /// The PF: BAR0 of 128 KiB with the registers, BAR3 with 25 MSI-X vectors.
  public PciFunction physicalFunction() {
    return physicalFunction;
  }

  /// @throws IllegalArgumentException if SR-IOV's VF Enable is clear or `index >= NumVFs`
  public VirtualFunction virtualFunction(int index) {
    return thread.call(() -> virtualFunctions.get(index));
  }

  /// Plugs the cable in: where frames for the wire go. Frames that it does not take are lost, as on
  /// a cable without a partner; the transmit queue does not wait.
  public void connect(FramePort wire) {
    thread.run(() -> embeddedSwitch.connect(wire));
  }

  /// Where frames from the wire come in. Takes every frame; what nobody has room for is dropped and
  /// counted.
  public FramePort fromWire() {
    return new FromWire();
  }

  @Override
  public boolean poll() {
    return embeddedSwitch.poll();
  }

  private void configWritten() {
    if (FunctionConfig.takeFunctionLevelReset(config)) {
      FunctionConfig.reset(config);
      config.set(FunctionConfig.SRIOV + SriovCapability.CONTROL, 2, 0);
      registers.reset();
    }
    busMaster.configWritten();
    FunctionConfig.passMsiXControl(config, msiX);
    returnPools(
        virtualFunctions.configWritten(
            index ->
                new VirtualFunction(
                    embeddedSwitch.pool(index),
                    thread,
                    nothing,
                    mailboxes,
                    interrupts,
                    registers)));
  }

  private void returnPools(int count) {
    for (int i = 0; i < count; i++) {
      embeddedSwitch
          .pool(i)
          .own(busMaster, interrupts, bar0, PfRegisters.rxDoorbell(i), PfRegisters.txDoorbell(i));
    }
  }

  private final class FromWire implements FramePort {
    @Override
    public boolean offer(MemorySegment memory, long offset, int lengthBytes) {
      embeddedSwitch.receive(memory, offset, lengthBytes);
      return true;
    }

    @Override
    public void flush() {
      embeddedSwitch.endBurst();
    }
  }
}
