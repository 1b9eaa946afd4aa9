// SPDX-License-Identifier: MIT
package dev.npa.hypervisor;

import dev.npa.hypervisor.pf.VfRings;
import dev.npa.hypervisor.vswitch.Frames;
import dev.npa.nic.MacAddress;
import dev.npa.nic.pci.Bar;
import dev.npa.nic.pci.ConfigSpace;
import dev.npa.nic.vmxnet3.abi.DriverShared;
import dev.npa.nic.vmxnet3.abi.MemRegs;
import dev.npa.nic.vmxnet3.abi.PluginConf;
import dev.npa.nic.vmxnet3.abi.QueueDesc;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Command;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Registers;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Plays a guest's driver by hand: vmxnet3 rings of 128 descriptors with 2 KiB buffers, and the
/// shell's register sequence for the switch-over.
final class TestGuest {
  static final int REGION_BYTES = 0x1_0000;
  static final long VF_RINGS = 0x20_0000;

  private static final int MSI_X_CONTROL = 0x9E;
  private static final int SIZE = 128;
  private static final int BUFFER_BYTES = 2048;
  private static final long SHARED = 0x1000;
  private static final long QUEUES = 0x2000;
  private static final long TX_RING = 0x3000;
  private static final long TX_COMPLETIONS = 0x4000;
  private static final long RX_RING = 0x5000;
  private static final long RX_COMPLETIONS = 0x6000;
  private static final long MEM_REGS = 0x7000;
  private static final long GROUPS = 0x8000;
  private static final long TX_BUFFERS = 0x4_0000;
  private static final long RX_BUFFERS = 0x8_0000;
  private static final long REGION = 0x10_0000;
  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

  final List<String> received = new ArrayList<>();
  private final VirtualMachine vm;
  private final MemorySegment memory;
  private final Bar doorbells;
  private final Bar control;
  private int txNext;
  private int txGeneration;
  private int rxNext;
  private int rxGeneration;
  private int completionNext;

  TestGuest(VirtualMachine vm) {
    this.vm = vm;
    this.memory = vm.memory().segment();
    this.doorbells = vm.vmxnet3().bar(Vmxnet3Registers.BAR_PASSTHROUGH);
    this.control = vm.vmxnet3().bar(Vmxnet3Registers.BAR_VIRTUAL_DEVICE);
    int command = ConfigSpace.COMMAND_MEMORY | ConfigSpace.COMMAND_BUS_MASTER;
    vm.vmxnet3().config().write(ConfigSpace.COMMAND, 2, command);
    vm.vmxnet3().config().write(MSI_X_CONTROL, 2, 1 << 15);
    control.write32(Vmxnet3Registers.VRRS, 1);
    control.write32(Vmxnet3Registers.UVRS, 1);
    Bar vectors = vm.vmxnet3().bar(Vmxnet3Registers.BAR_MSIX);
    vectors.write32(8, 0xA0);
    vectors.write32(12, 0);
  }

  int command(int command) {
    control.write32(Vmxnet3Registers.CMD, command);
    return control.read32(Vmxnet3Registers.CMD);
  }

  /// Fresh rings, then ACTIVATE_DEV.
  int activate(int rxBuffers) {
    memory.asSlice(SHARED, RX_COMPLETIONS + 0x1000 - SHARED).fill((byte) 0);
    txNext = 0;
    txGeneration = 1 << 14;
    rxNext = 0;
    rxGeneration = 1 << 31;
    completionNext = 0;
    set(SHARED + DriverShared.MAGIC, DriverShared.MAGIC_VALUE);
    set(SHARED + DriverShared.REVISION_SUPPORT, 1);
    set(SHARED + DriverShared.UPT_VERSION_SUPPORT, 1);
    setLong(SHARED + DriverShared.QUEUE_DESC_PA, QUEUES);
    set(SHARED + DriverShared.QUEUE_DESC_LEN, 2 * QueueDesc.SIZE_BYTES);
    set(SHARED + DriverShared.MTU, 1500);
    memory.set(BYTE, SHARED + DriverShared.NUM_TX_QUEUES, (byte) 1);
    memory.set(BYTE, SHARED + DriverShared.NUM_RX_QUEUES, (byte) 1);
    memory.set(BYTE, SHARED + DriverShared.NUM_INTRS, (byte) 2);
    memory.set(BYTE, SHARED + DriverShared.EVENT_INTR_INDEX, (byte) 1);
    setRxMode(DriverShared.RX_MODE_UNICAST | DriverShared.RX_MODE_BROADCAST);
    setLong(QUEUES + QueueDesc.TX_RING_PA, TX_RING);
    setLong(QUEUES + QueueDesc.TX_COMP_RING_PA, TX_COMPLETIONS);
    set(QUEUES + QueueDesc.TX_RING_SIZE, SIZE);
    set(QUEUES + QueueDesc.TX_COMP_RING_SIZE, SIZE);
    long rx = QUEUES + QueueDesc.SIZE_BYTES;
    setLong(rx + QueueDesc.RX_RING_PA, RX_RING);
    setLong(rx + QueueDesc.RX_COMP_RING_PA, RX_COMPLETIONS);
    set(rx + QueueDesc.RX_RING_SIZE, SIZE);
    set(rx + QueueDesc.RX_COMP_RING_SIZE, SIZE);
    for (int i = 0; i < rxBuffers; i++) {
      giveBuffer();
    }
    control.write32(Vmxnet3Registers.DSAL, (int) SHARED);
    control.write32(Vmxnet3Registers.DSAH, 0);
    int result = command(Vmxnet3Command.ACTIVATE_DEV);
    doorbells.write32(Vmxnet3Registers.RXPROD, rxNext);
    return result;
  }

  void setRxMode(int mode) {
    set(SHARED + DriverShared.RX_MODE, mode);
  }

  void setVlans(int... ids) {
    for (int i = 0; i < 128; i++) {
      set(SHARED + DriverShared.VLAN_TABLE + 4L * i, 0);
    }
    for (int id : ids) {
      long word = SHARED + DriverShared.VLAN_TABLE + 4L * (id >> 5);
      set(word, memory.get(INT, word) | 1 << id);
    }
  }

  int setMtu(int mtu) {
    set(SHARED + DriverShared.MTU, mtu);
    return command(Vmxnet3Command.UPDATE_FEATURE);
  }

  /// So many group addresses.
  int setGroups(int count) {
    for (int i = 0; i < count; i++) {
      MacAddress.write(memory, GROUPS + 6L * i, 0x0100_5E00_0000L + i);
    }
    return setGroupTable(6 * count, GROUPS);
  }

  int setGroupTable(int lengthBytes, long address) {
    memory.set(
        ValueLayout.JAVA_SHORT, SHARED + DriverShared.MULTICAST_TABLE_LEN, (short) lengthBytes);
    setLong(SHARED + DriverShared.MULTICAST_TABLE_PA, address);
    return command(Vmxnet3Command.UPDATE_MAC_FILTERS);
  }

  int setMac(MacAddress mac) {
    control.write32(Vmxnet3Registers.MACL, mac.low());
    control.write32(Vmxnet3Registers.MACH, mac.high());
    return control.read32(Vmxnet3Registers.MACL);
  }

  void send(List<String> frames) {
    for (String frame : frames) {
      byte[] bytes = HexFormat.of().parseHex(frame);
      long buffer = TX_BUFFERS + (long) txNext * BUFFER_BYTES;
      MemorySegment.copy(MemorySegment.ofArray(bytes), 0, memory, buffer, bytes.length);
      long descriptor = TX_RING + 16L * txNext;
      setLong(descriptor, buffer);
      set(descriptor + 12, 1 << 12 | 1 << 13);
      set(descriptor + 8, bytes.length | txGeneration);
      txNext++;
      if (txNext == SIZE) {
        txNext = 0;
        txGeneration ^= 1 << 14;
      }
    }
    doorbells.write32(Vmxnet3Registers.TXPROD, txNext);
  }

  /// Adds what the device has delivered to [#received].
  ///
  /// @param refill whether to give the device a buffer for each
  void receive(boolean refill) {
    while (true) {
      long completion = RX_COMPLETIONS + 16L * (completionNext % SIZE);
      int wanted = completionNext / SIZE % 2 == 0 ? 1 << 31 : 0;
      if ((memory.get(INT, completion + 12) & 1 << 31) != wanted) {
        return;
      }
      int index = memory.get(INT, completion) & 0xFFF;
      int lengthBytes = memory.get(INT, completion + 8) & 0x3FFF;
      received.add(Frames.text(memory, RX_BUFFERS + (long) index * BUFFER_BYTES, lengthBytes));
      completionNext++;
      if (refill) {
        giveBuffer();
      }
    }
  }

  void giveBuffer() {
    long descriptor = RX_RING + 16L * rxNext;
    setLong(descriptor, RX_BUFFERS + (long) rxNext * BUFFER_BYTES);
    set(descriptor + 8, BUFFER_BYTES | rxGeneration);
    rxNext++;
    if (rxNext == SIZE) {
      rxNext = 0;
      rxGeneration ^= 1 << 31;
    }
  }

  int events() {
    int events = memory.get(INT, SHARED + DriverShared.ECR);
    control.write32(Vmxnet3Registers.ECR, events);
    return events;
  }

  int loadPlugin(int lengthBytes) {
    set(SHARED + DriverShared.PLUGIN_CONF_DESC, PluginConf.VERSION_VALUE);
    set(SHARED + DriverShared.PLUGIN_CONF_DESC + 4, lengthBytes);
    setLong(SHARED + DriverShared.PLUGIN_CONF_DESC + 8, REGION);
    return command(Vmxnet3Command.LOAD_PLUGIN);
  }

  int conf(int offset) {
    return memory.get(INT, REGION + offset);
  }

  byte[] injectedPackage() {
    return memory
        .asSlice(REGION + PluginConf.HEADER_BYTES, conf(PluginConf.PACKAGE_LENGTH))
        .toArray(BYTE);
  }

  void setStatus(int status) {
    set(REGION + PluginConf.STATUS, status);
  }

  /// Grants the memory of the VF's rings and buffers.
  int registerMemory() {
    memory.set(ValueLayout.JAVA_SHORT, MEM_REGS + MemRegs.COUNT, (short) 1);
    setLong(MEM_REGS + MemRegs.HEADER_BYTES + MemRegs.START, VF_RINGS);
    set(MEM_REGS + MemRegs.HEADER_BYTES + MemRegs.LENGTH, VfRings.SIZE_BYTES);
    set(SHARED + DriverShared.CMD_INFO, MemRegs.HEADER_BYTES + MemRegs.REGION_BYTES);
    setLong(SHARED + DriverShared.CMD_INFO + 8, MEM_REGS);
    return command(Vmxnet3Command.REGISTER_MEMREGS);
  }

  VfRings vfRings() {
    Bar window = vm.vmxnet3().bar(Vmxnet3Registers.BAR_VF_WINDOW);
    return new VfRings(window, vm.memory(), VF_RINGS);
  }

  private void set(long offset, int value) {
    memory.set(INT, offset, value);
  }

  private void setLong(long offset, long value) {
    memory.set(LONG, offset, value);
  }
}
