// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import dev.npa.nic.Device;
import dev.npa.nic.DeviceThread;
import dev.npa.nic.FramePort;
import dev.npa.nic.MacAddress;
import dev.npa.nic.memory.GuestMemory;
import dev.npa.nic.memory.IommuDomain;
import dev.npa.nic.pci.Bar;
import dev.npa.nic.pci.ConfigSpace;
import dev.npa.nic.pci.MessageTarget;
import dev.npa.nic.pci.MsiX;
import dev.npa.nic.pci.PciFunction;
import dev.npa.nic.vmxnet3.abi.DriverShared;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Registers;

/// A vmxnet3 device, version 1, as its hypervisor holds it. The guest reaches it through
/// [#function] only.
///
/// All methods but the constructor and [#function] are for the device thread: call them from a
/// device, from a transaction ([DeviceThread#run]), or anywhere while the thread is not started.
public final class Vmxnet3Device implements Device {
  /// Who moves the guest's frames.
  public enum Mode {
    /// Nobody: not activated.
    INACTIVE,
    /// The device, both ways.
    EMULATED,
    /// After STOP_EMULATION: the device receives and does not transmit.
    TX_STOPPED,
    /// After ACTIVATE_VF: a virtual function.
    PASSTHROUGH
  }

  private final IommuDomain iommu;
  private final PciFunction function;
  private final BusMaster busMaster = new BusMaster();
  private final InterruptState interrupts;
  private final DeviceEvents events;
  private final RxFilter filter;
  private final ReceivePath receivePath;
  private final Refusals refusals = new Refusals();
  private final Lifecycle lifecycle;
  private final Commands commands;
  private final VirtualDeviceRegisters control;

  /// The creator gives the device its turn: `thread.add(device)`.
  ///
  /// @param interrupts where the guest's MSI-X messages go
  public Vmxnet3Device(
      GuestMemory memory,
      MessageTarget interrupts,
      DeviceThread thread,
      Vmxnet3Host host,
      MacAddress permanentMac) {
    this.iommu = IommuDomain.identity(memory);
    MsiX msiX = new MsiX(Vmxnet3Registers.VECTORS, Vmxnet3Registers.MSIX_PBA_OFFSET, interrupts);
    this.interrupts = new InterruptState(msiX);
    this.events = new DeviceEvents(this.interrupts);
    this.filter = new RxFilter(permanentMac);
    this.receivePath = new ReceivePath(filter, busMaster);
    FilterControl filters = new FilterControl(iommu, host, filter, receivePath, refusals);
    this.lifecycle =
        new Lifecycle(
            iommu, host, this.interrupts, events, receivePath, filters, busMaster, refusals);
    PluginCommands plugin = new PluginCommands(iommu, host, refusals);
    this.commands =
        new Commands(
            lifecycle, filters, plugin, this.interrupts, busMaster, refusals, permanentMac);
    this.control =
        new VirtualDeviceRegisters(
            commands, lifecycle, filters, events, this.interrupts, permanentMac);
    this.function = new PciFunction(PciIdentity.configSpace(), msiX);
    PassthroughRegisters passthrough = new PassthroughRegisters(this.interrupts);
    map(Vmxnet3Registers.BAR_PASSTHROUGH, new Bar(Vmxnet3Registers.BAR_BYTES, passthrough, thread));
    map(Vmxnet3Registers.BAR_VIRTUAL_DEVICE, new Bar(Vmxnet3Registers.BAR_BYTES, control, thread));
    map(Vmxnet3Registers.BAR_MSIX, new Bar(Vmxnet3Registers.MSIX_BAR_BYTES, msiX, thread));
    map(Vmxnet3Registers.BAR_VF_WINDOW, Bar.unmapped(Vmxnet3Registers.VF_WINDOW_BYTES, thread));
    function.config().afterWrite(_ -> configurationWritten());
  }

  private void map(int index, Bar bar) {
    function.map(index, bar);
  }

  private void configurationWritten() {
    ConfigSpace config = function.config();
    busMaster.enable(config.busMaster());
    int msiXControl = config.read(PciIdentity.MSIX_CONTROL, 2);
    boolean enabled = (msiXControl & PciIdentity.MSIX_ENABLE) != 0;
    interrupts.enableMsiX(enabled);
    function.msiX().control(enabled, (msiXControl & PciIdentity.MSIX_MASK_ALL) != 0);
  }

  /// What the guest sees: BAR 0, 1, 2, and BAR 4 with nothing behind it until the hypervisor maps a
  /// virtual function there.
  public PciFunction function() {
    return function;
  }

  /// Takes frames for the guest. A frame that the guest does not want (receive filter, longer than
  /// its MTU) is taken and dropped; `offer` returns false when there is no receive buffer, or the
  /// device is not [#receiving].
  public FramePort receiver() {
    return receivePath;
  }

  /// Whether frames can reach the guest through this device: emulated, or transmit stopped.
  public boolean receiving() {
    return receivePath.isOpen();
  }

  public Mode mode() {
    return lifecycle.mode();
  }

  /// The address in use: the permanent one, or what the guest set and the host allowed.
  public MacAddress mac() {
    return control.mac();
  }

  /// The receive mode in use, bits `DriverShared.RX_MODE_*`.
  public int rxMode() {
    return filter.mode();
  }

  /// Tells the guest that the hypervisor offers a virtual function, or has taken it back:
  /// EVENT_DIC; GET_DID_LO then says which. An inactive guest learns of it when it activates the
  /// device.
  public void deviceImplementationChanged(boolean passthrough) {
    commands.passthroughOffered(passthrough);
    events.add(DriverShared.EVENT_DIC);
  }

  /// Tells the guest about the link: EVENT_LINK.
  public void link(boolean up) {
    commands.linkUp(up);
    events.add(DriverShared.EVENT_LINK);
  }

  /// Number of commands and register writes that were refused.
  public long refusals() {
    return refusals.count();
  }

  /// Why the latest was refused; empty before the first.
  public String lastRefusal() {
    return refusals.last();
  }

  /// Number of commands that the device does not know.
  public long unknownCommands() {
    return commands.unknown();
  }

  /// Number of frames for the guest that its receive filter did not let through.
  public long filteredFrames() {
    return receivePath.filtered();
  }

  /// Number of frames for the guest that are shorter than an Ethernet header or longer than its MTU
  /// allows.
  public long malformedFrames() {
    return receivePath.malformed();
  }

  /// Number of DMA accesses outside guest memory.
  public long dmaFaults() {
    return iommu.faults();
  }

  @Override
  public boolean poll() {
    interrupts.poll();
    return busMaster.isEnabled() && lifecycle.poll();
  }
}
