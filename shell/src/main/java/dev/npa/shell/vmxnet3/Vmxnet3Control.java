// SPDX-License-Identifier: MIT
package dev.npa.shell.vmxnet3;

import dev.npa.nic.MacAddress;
import dev.npa.nic.pci.Bar;
import dev.npa.nic.pci.PciFunction;
import dev.npa.nic.vmxnet3.abi.DriverShared;
import dev.npa.nic.vmxnet3.abi.MemRegs;
import dev.npa.nic.vmxnet3.abi.PluginConf;
import dev.npa.nic.vmxnet3.abi.QueueDesc;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Command;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Registers;
import dev.npa.plugin.RecvFrame;
import dev.npa.plugin.host.RegisterTrap;
import dev.npa.shell.datapath.RegisterWindow;
import dev.npa.shell.guest.GuestPages;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The control side of the vmxnet3 device: registers, commands, the block shared with the device.
///
/// Frames go by [Vmxnet3Plugin]; everything that traps is here. vCPU thread only.
public final class Vmxnet3Control {
  /// Vector of the queue pair, in both modes.
  public static final int QUEUE_VECTOR = 0;

  /// Vector of events.
  public static final int EVENT_VECTOR = 1;

  private static final int QUEUE_DESCS = 768; // in the page of DriverShared, 128-aligned
  private static final int MEMREGS = 1536;
  private static final int MULTICAST_TABLE = 2048;
  private static final int MAX_GROUPS = 340;
  private static final int ADDRESS_BYTES = 6;
  private static final int GUEST_OS_LINUX_64 = 2 | 1 << 2;
  private static final int REVISION_1 = 1;
  private static final int INTR_DISABLE_ALL = 1;
  private static final int BYTES_PER_DOORBELL_WORD = 256;

  private final PciFunction function;
  private final Bar passthrough;
  private final Bar control;
  private final SharedMemory shared;
  private final SharedMemory txQueue;
  private final SharedMemory rxQueue;
  private final DeviceCounters counters;

  /// The rings' guest-physical addresses and sizes.
  public record Rings(long tx, int txSize, long rx, int rxSize) {}

  private Vmxnet3Control(PciFunction function, MemorySegment memory, long page) {
    this.function = function;
    this.passthrough = function.bar(Vmxnet3Registers.BAR_PASSTHROUGH);
    this.control = function.bar(Vmxnet3Registers.BAR_VIRTUAL_DEVICE);
    this.shared = new SharedMemory(memory, page);
    this.txQueue = shared.at(QUEUE_DESCS);
    this.rxQueue = shared.at(QUEUE_DESCS + QueueDesc.SIZE_BYTES);
    this.counters = new DeviceCounters(txQueue, rxQueue);
  }

  /// Finds the device, enables it, and chooses version 1.
  ///
  /// @param messageAddress where MSI-X messages go
  /// @param vectors message data of [#QUEUE_VECTOR] and [#EVENT_VECTOR]
  /// @throws IllegalArgumentException if the function is no vmxnet3
  /// @throws IllegalStateException if the device has no version 1
  public static Vmxnet3Control probe(
      PciFunction function,
      MemorySegment memory,
      GuestPages pages,
      long messageAddress,
      int... vectors) {
    if (function.vendorId() != Vmxnet3Registers.VENDOR_ID
        || function.deviceId() != Vmxnet3Registers.DEVICE_ID) {
      throw new IllegalArgumentException(
          "not a vmxnet3: %04x:%04x".formatted(function.vendorId(), function.deviceId()));
    }
    PciSetup.enable(function);
    var device = new Vmxnet3Control(function, memory, pages.allocate(GuestPages.PAGE_BYTES));
    device.choose(Vmxnet3Registers.VRRS, "device revision");
    device.choose(Vmxnet3Registers.UVRS, "UPT version");
    PciSetup.enableMsiX(function, messageAddress, vectors);
    return device;
  }

  private void choose(int register, String what) {
    if ((control.read32(register) & REVISION_1) == 0) {
      throw new IllegalStateException("the device does not support " + what + " 1");
    }
    control.write32(register, REVISION_1);
  }

  /// Describes the driver, its queues and filters to the device.
  public void describe(Rings rings, int mtu) {
    shared.clear(MEMREGS);
    shared.write32(DriverShared.MAGIC, DriverShared.MAGIC_VALUE);
    shared.write32(DriverShared.SIZE, DriverShared.SIZE_BYTES);
    shared.write32(DriverShared.DRIVER_VERSION, 1);
    shared.write32(DriverShared.GUEST_OS, GUEST_OS_LINUX_64);
    shared.write32(DriverShared.REVISION_SUPPORT, REVISION_1);
    shared.write32(DriverShared.UPT_VERSION_SUPPORT, REVISION_1);
    shared.write64(DriverShared.QUEUE_DESC_PA, txQueue.address());
    shared.write32(DriverShared.QUEUE_DESC_LEN, 2 * QueueDesc.SIZE_BYTES);
    shared.write32(DriverShared.MTU, mtu);
    shared.write16(DriverShared.MAX_NUM_RX_SG, RecvFrame.MAX_SG);
    shared.write8(DriverShared.NUM_TX_QUEUES, 1);
    shared.write8(DriverShared.NUM_RX_QUEUES, 1);
    shared.write8(DriverShared.AUTO_MASK, 1);
    shared.write8(DriverShared.NUM_INTRS, 2);
    shared.write8(DriverShared.EVENT_INTR_INDEX, EVENT_VECTOR);
    shared.write32(DriverShared.INTR_CTRL, INTR_DISABLE_ALL);
    shared.write32(
        DriverShared.RX_MODE, DriverShared.RX_MODE_UNICAST | DriverShared.RX_MODE_BROADCAST);

    int txSize = rings.txSize();
    txQueue.write64(QueueDesc.TX_RING_PA, rings.tx());
    txQueue.write64(
        QueueDesc.TX_COMP_RING_PA, rings.tx() + (long) Vmxnet3RingLayout.TX_COMP_PER_SLOT * txSize);
    txQueue.write32(QueueDesc.TX_RING_SIZE, txSize);
    txQueue.write32(QueueDesc.TX_COMP_RING_SIZE, txSize);
    txQueue.write8(QueueDesc.TX_INTR_INDEX, QUEUE_VECTOR);

    int rxSize = rings.rxSize();
    rxQueue.write64(QueueDesc.RX_RING_PA, rings.rx());
    rxQueue.write64(
        QueueDesc.RX_RING_PA + 8, rings.rx() + (long) Vmxnet3RingLayout.RX_RING1_PER_SLOT * rxSize);
    rxQueue.write64(
        QueueDesc.RX_COMP_RING_PA, rings.rx() + (long) Vmxnet3RingLayout.RX_COMP_PER_SLOT * rxSize);
    rxQueue.write32(QueueDesc.RX_RING_SIZE, rxSize);
    rxQueue.write32(QueueDesc.RX_RING_SIZE + 4, rxSize);
    rxQueue.write32(
        QueueDesc.RX_COMP_RING_SIZE, Vmxnet3RingLayout.RX_COMP_ENTRIES_PER_SLOT * rxSize);
    rxQueue.write8(QueueDesc.RX_INTR_INDEX, QUEUE_VECTOR);
  }

  /// Starts emulation on rings that are reset and filled.
  ///
  /// @return whether the device accepted
  public boolean activate() {
    shared.write32(DriverShared.INTR_CTRL, 0);
    txQueue.write8(QueueDesc.STOPPED, 0);
    rxQueue.write8(QueueDesc.STOPPED, 0);
    control.write32(Vmxnet3Registers.DSAL, (int) shared.address());
    control.write32(Vmxnet3Registers.DSAH, (int) (shared.address() >>> 32));
    return command(Vmxnet3Command.ACTIVATE_DEV) == Vmxnet3Command.RESULT_OK;
  }

  /// Writes a command and reads its result.
  public int command(int command) {
    control.write32(Vmxnet3Registers.CMD, command);
    return control.read32(Vmxnet3Registers.CMD);
  }

  /// What the device, or the virtual function in its place, has counted so far; after the function
  /// was taken back, its last word.
  ///
  /// @return empty if the device does not say; the next call changes the same object
  public Optional<DeviceCounters> counters() {
    counters.forget();
    control.write32(Vmxnet3Registers.CMD, Vmxnet3Command.GET_STATS); // The counters are its result.
    return counters.read();
  }

  /// Stops the device and a virtual function with it.
  ///
  /// @param command QUIESCE_DEV or RESET_DEV
  /// @return what they had counted when they stopped; empty if the device does not say
  public Optional<DeviceCounters> stop(int command) {
    counters.forget();
    command(command);
    return counters.read();
  }

  /// The events that happened since the last call; they are acknowledged.
  public int takeEvents() {
    int events = shared.readAcquire32(DriverShared.ECR);
    if (events != 0) {
      control.write32(Vmxnet3Registers.ECR, events);
    }
    return events;
  }

  public void unmaskEvents() {
    passthrough.write32(Vmxnet3Registers.IMR + 8 * EVENT_VECTOR, 0);
  }

  /// The registers that [Vmxnet3Plugin] writes.
  public RegisterWindow dataPathRegisters() {
    return registers(passthrough, 0, passthrough.sizeBytes());
  }

  /// A part of a BAR.
  ///
  /// @param offset a multiple of 256
  /// @param sizeBytes a multiple of 256
  static RegisterWindow registers(Bar bar, int offset, int sizeBytes) {
    long[] doorbells = bar.doorbells();
    int firstWord = offset / BYTES_PER_DOORBELL_WORD;
    return new RegisterWindow(
        bar.memory().asSlice(offset, sizeBytes),
        Arrays.copyOfRange(doorbells, firstWord, firstWord + sizeBytes / BYTES_PER_DOORBELL_WORD),
        new RegisterTrap() {
          @Override
          public void write32(int register, int value) {
            bar.write32(offset + register, value);
          }

          @Override
          public void doorbellRung() {
            bar.ring();
          }
        });
  }

  // Control operations. Each may be refused by the hypervisor's policy.

  public MacAddress permanentMac() {
    return MacAddress.ofRegisters(
        command(Vmxnet3Command.GET_PERM_MAC_LO), command(Vmxnet3Command.GET_PERM_MAC_HI));
  }

  public MacAddress mac() {
    return MacAddress.ofRegisters(
        control.read32(Vmxnet3Registers.MACL), control.read32(Vmxnet3Registers.MACH));
  }

  /// @return whether the device has the address now
  public boolean setMac(MacAddress mac) {
    control.write32(Vmxnet3Registers.MACL, mac.low());
    control.write32(Vmxnet3Registers.MACH, mac.high());
    return mac().equals(mac);
  }

  /// @param rxMode bits `DriverShared.RX_MODE_*`
  public boolean setRxMode(int rxMode) {
    int old = shared.read32(DriverShared.RX_MODE);
    shared.write32(DriverShared.RX_MODE, rxMode);
    boolean accepted = command(Vmxnet3Command.UPDATE_RX_MODE) == Vmxnet3Command.RESULT_OK;
    if (!accepted) {
      shared.write32(DriverShared.RX_MODE, old);
    }
    return accepted;
  }

  /// @throws IllegalArgumentException if there are more than 340 groups
  public boolean setMulticast(List<MacAddress> groups) {
    if (groups.size() > MAX_GROUPS) {
      throw new IllegalArgumentException(groups.size() + " multicast groups > " + MAX_GROUPS);
    }
    SharedMemory table = shared.at(MULTICAST_TABLE);
    for (int i = 0; i < groups.size(); i++) {
      MacAddress.write(
          table.memory(), table.address() + (long) ADDRESS_BYTES * i, groups.get(i).value());
    }
    shared.write16(DriverShared.MULTICAST_TABLE_LEN, ADDRESS_BYTES * groups.size());
    shared.write64(DriverShared.MULTICAST_TABLE_PA, table.address());
    return command(Vmxnet3Command.UPDATE_MAC_FILTERS) == Vmxnet3Command.RESULT_OK;
  }

  /// @param accept whether tagged frames of this VLAN are to be received
  public boolean setVlan(int vid, boolean accept) {
    int word = DriverShared.VLAN_TABLE + 4 * (vid >> 5);
    int bit = 1 << (vid & 31);
    int old = shared.read32(word);
    shared.write32(word, accept ? old | bit : old & ~bit);
    boolean accepted = command(Vmxnet3Command.UPDATE_VLAN_FILTERS) == Vmxnet3Command.RESULT_OK;
    if (!accepted) {
      shared.write32(word, old);
    }
    return accepted;
  }

  /// @return whether the MTU holds now
  public boolean setMtu(int mtu) {
    int old = shared.read32(DriverShared.MTU);
    shared.write32(DriverShared.MTU, mtu);
    boolean accepted = command(Vmxnet3Command.UPDATE_FEATURE) == Vmxnet3Command.RESULT_OK;
    if (!accepted) {
      shared.write32(DriverShared.MTU, old);
    }
    return accepted;
  }

  /// Sends the filters again, after the device was reset.
  public void repeatFilters() {
    command(Vmxnet3Command.UPDATE_RX_MODE);
    command(Vmxnet3Command.UPDATE_MAC_FILTERS);
    command(Vmxnet3Command.UPDATE_VLAN_FILTERS);
  }

  public boolean linkUp() {
    return (command(Vmxnet3Command.GET_LINK) & 1) != 0;
  }

  /// A virtual function is on offer or active.
  public boolean isPassthroughDevice() {
    return command(Vmxnet3Command.GET_DID_LO) == Vmxnet3Command.DID_PASSTHRU;
  }

  /// Has the hypervisor fill a region with what it offers (LOAD_PLUGIN).
  ///
  /// @return the offer, or empty if the hypervisor has none or it makes no sense
  public Optional<PluginOffer> loadPlugin(long address, int lengthBytes) {
    if (!namePluginRegion(address, lengthBytes)) {
      return Optional.empty();
    }
    return PluginOffer.read(
        shared.memory(), address, lengthBytes, function.bar(Vmxnet3Registers.BAR_VF_WINDOW));
  }

  /// Gives an offer back; the hypervisor finds the reason in the region.
  public void withdraw(long address, int status) {
    reportStatus(address, status);
    namePluginRegion(address, 0);
  }

  /// Writes what became of the plugin to the region, where the hypervisor reads it.
  public void reportStatus(long address, int status) {
    shared.at(address - shared.address()).write32(PluginConf.STATUS, status);
  }

  private boolean namePluginRegion(long address, int lengthBytes) {
    shared.write32(DriverShared.PLUGIN_CONF_DESC, PluginConf.VERSION_VALUE);
    shared.write32(DriverShared.PLUGIN_CONF_DESC + 4, lengthBytes);
    shared.write64(DriverShared.PLUGIN_CONF_DESC + 8, address);
    return command(Vmxnet3Command.LOAD_PLUGIN) == Vmxnet3Command.RESULT_OK;
  }

  /// A piece of memory for a virtual function.
  public record Grant(long address, long lengthBytes) {}

  /// Grants memory to a virtual function.
  public boolean registerMemory(List<Grant> grants) {
    SharedMemory block = shared.at(MEMREGS);
    block.write16(MemRegs.COUNT, grants.size());
    for (int i = 0; i < grants.size(); i++) {
      SharedMemory region = block.at(MemRegs.HEADER_BYTES + (long) MemRegs.REGION_BYTES * i);
      region.write64(MemRegs.START, grants.get(i).address());
      region.write32(MemRegs.LENGTH, Math.toIntExact(grants.get(i).lengthBytes()));
      region.write16(MemRegs.TX_QUEUE_BITS, 1);
      region.write16(MemRegs.RX_QUEUE_BITS, 1);
    }
    shared.write32(
        DriverShared.CMD_INFO, MemRegs.HEADER_BYTES + MemRegs.REGION_BYTES * grants.size());
    shared.write32(DriverShared.CMD_INFO + 4, 0);
    shared.write64(DriverShared.CMD_INFO + 8, block.address());
    return command(Vmxnet3Command.REGISTER_MEMREGS) == Vmxnet3Command.RESULT_OK;
  }
}
