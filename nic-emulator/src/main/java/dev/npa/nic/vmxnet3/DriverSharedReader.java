// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import dev.npa.nic.memory.IommuDomain;
import dev.npa.nic.vmxnet3.abi.DriverShared;
import dev.npa.nic.vmxnet3.abi.QueueDesc;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Registers;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Turns the DriverShared block and the queue descriptors of a guest into a [DeviceConfiguration],
/// or says what is wrong with them. Each field is read once: the guest may change it meanwhile.
final class DriverSharedReader {
  static final int MIN_MTU = 60;
  static final int MAX_MTU = 9000;
  private static final int MAX_RING = 4096;
  private static final int MAX_RX_COMPLETIONS = 8192;
  private static final int RING_MULTIPLE = 32;
  private static final int RING_ALIGNMENT = 512;
  private static final int ENTRY_BYTES = 16;
  private static final int DATA_ENTRY_BYTES = 128;

  private final IommuDomain iommu;
  private final MemorySegment memory;
  private final List<String> problems = new ArrayList<>();

  DriverSharedReader(IommuDomain iommu) {
    this.iommu = iommu;
    this.memory = iommu.memory();
  }

  /// What was wrong; empty if [#read] returned a configuration.
  List<String> problems() {
    return problems;
  }

  /// @param address guest-physical address of the block
  Optional<DeviceConfiguration> read(long address) {
    long shared = place("DriverShared", address, DriverShared.SIZE_BYTES, 8);
    if (shared == IommuDomain.FAULT) {
      return Optional.empty();
    }
    check("magic is not BABEFEE1", LittleEndian.getInt(memory, shared) == DriverShared.MAGIC_VALUE);
    check(
        "driver does not support revision 1",
        (LittleEndian.getInt(memory, shared + DriverShared.REVISION_SUPPORT) & 1) != 0);
    check(
        "driver does not support UPT version 1",
        (LittleEndian.getInt(memory, shared + DriverShared.UPT_VERSION_SUPPORT) & 1) != 0);
    int mtu =
        range("mtu", LittleEndian.getInt(memory, shared + DriverShared.MTU), MIN_MTU, MAX_MTU);
    int vectors = byteInRange(shared, "numIntrs", DriverShared.NUM_INTRS, Vmxnet3Registers.VECTORS);
    int eventVector = LittleEndian.getByte(memory, shared + DriverShared.EVENT_INTR_INDEX);
    range("eventIntrIdx", eventVector, 0, vectors - 1);
    int txQueues =
        byteInRange(
            shared, "numTxQueues", DriverShared.NUM_TX_QUEUES, PassthroughRegisters.MAX_TX_QUEUES);
    int rxQueues =
        byteInRange(
            shared, "numRxQueues", DriverShared.NUM_RX_QUEUES, PassthroughRegisters.MAX_RX_QUEUES);
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    int tableBytes = (txQueues + rxQueues) * QueueDesc.SIZE_BYTES;
    int tableLength = LittleEndian.getInt(memory, shared + DriverShared.QUEUE_DESC_LEN);
    range("queueDescLen", tableLength, tableBytes, Integer.MAX_VALUE);
    long tableAddress = LittleEndian.getLong(memory, shared + DriverShared.QUEUE_DESC_PA);
    long table = place("queueDescPA", tableAddress, tableBytes, 128);
    if (table == IommuDomain.FAULT) {
      return Optional.empty();
    }
    List<DeviceConfiguration.Tx> tx = new ArrayList<>();
    for (int q = 0; q < txQueues; q++) {
      tx.add(readTx("tx " + q + " ", table + (long) q * QueueDesc.SIZE_BYTES, vectors));
    }
    List<DeviceConfiguration.Rx> rx = new ArrayList<>();
    for (int q = 0; q < rxQueues; q++) {
      rx.add(
          readRx("rx " + q + " ", table + (txQueues + (long) q) * QueueDesc.SIZE_BYTES, vectors));
    }
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    int fragments = LittleEndian.getShort(memory, shared + DriverShared.MAX_NUM_RX_SG);
    return Optional.of(
        new DeviceConfiguration(
            shared,
            mtu,
            LittleEndian.getLong(memory, shared + DriverShared.UPT_FEATURES),
            LittleEndian.getByte(memory, shared + DriverShared.AUTO_MASK) != 0,
            eventVector,
            // 0: the driver sets no limit. QEMU makes it 1, which no frame beyond one buffer
            // passes.
            fragments == 0 ? RxQueue.MAX_FRAGMENTS : Math.min(fragments, RxQueue.MAX_FRAGMENTS),
            List.copyOf(tx),
            List.copyOf(rx)));
  }

  private DeviceConfiguration.Tx readTx(String queue, long descriptor, int vectors) {
    int size = ringSize(queue + "ring size", descriptor + QueueDesc.TX_RING_SIZE, MAX_RING);
    long ring = ring(queue + "ring", descriptor + QueueDesc.TX_RING_PA, size);
    int completionSize =
        ringSize(
            queue + "completion ring size", descriptor + QueueDesc.TX_COMP_RING_SIZE, MAX_RING);
    long completions =
        ring(queue + "completion ring", descriptor + QueueDesc.TX_COMP_RING_PA, completionSize);
    int dataSize = LittleEndian.getInt(memory, descriptor + QueueDesc.TX_DATA_RING_SIZE);
    if (dataSize != 0) {
      // Descriptors point into it as into any buffer; here it only has to be there.
      range(queue + "data ring size", dataSize, size, MAX_RING);
      long data = LittleEndian.getLong(memory, descriptor + QueueDesc.TX_DATA_RING_PA);
      place(queue + "data ring", data, Math.clamp(dataSize, 1, MAX_RING) * DATA_ENTRY_BYTES, 1);
    }
    int vector = vector(queue, descriptor + QueueDesc.TX_INTR_INDEX, vectors);
    return new DeviceConfiguration.Tx(descriptor, ring, size, completions, completionSize, vector);
  }

  private DeviceConfiguration.Rx readRx(String queue, long descriptor, int vectors) {
    int size0 = ringSize(queue + "ring 0 size", descriptor + QueueDesc.RX_RING_SIZE, MAX_RING);
    long ring0 = ring(queue + "ring 0", descriptor + QueueDesc.RX_RING_PA, size0);
    int size1 = LittleEndian.getInt(memory, descriptor + QueueDesc.RX_RING_SIZE + 4);
    long ring1 = 0;
    if (size1 != 0) {
      size1 = checkRingSize(queue + "ring 1 size", size1, MAX_RING);
      ring1 = ring(queue + "ring 1", descriptor + QueueDesc.RX_RING_PA + 8, size1);
    }
    int completionSize =
        ringSize(
            queue + "completion ring size",
            descriptor + QueueDesc.RX_COMP_RING_SIZE,
            MAX_RX_COMPLETIONS);
    long completions =
        ring(queue + "completion ring", descriptor + QueueDesc.RX_COMP_RING_PA, completionSize);
    int vector = vector(queue, descriptor + QueueDesc.RX_INTR_INDEX, vectors);
    return new DeviceConfiguration.Rx(
        descriptor, ring0, size0, ring1, size1, completions, completionSize, vector);
  }

  private int vector(String queue, long field, int vectors) {
    return range(queue + "intrIdx", LittleEndian.getByte(memory, field), 0, vectors - 1);
  }

  private int ringSize(String what, long field, int max) {
    return checkRingSize(what, LittleEndian.getInt(memory, field), max);
  }

  private int checkRingSize(String what, int size, int max) {
    check(what + " = " + size + ", not a multiple of 32", size % RING_MULTIPLE == 0);
    return range(what, size, RING_MULTIPLE, max);
  }

  private long ring(String what, long field, int size) {
    return place(what, LittleEndian.getLong(memory, field), size * ENTRY_BYTES, RING_ALIGNMENT);
  }

  private int byteInRange(long shared, String what, int field, int max) {
    return range(what, LittleEndian.getByte(memory, shared + field), 1, max);
  }

  private long place(String what, long address, int lengthBytes, int alignment) {
    check(
        "%s at %#x, not aligned to %d".formatted(what, address, alignment),
        address % alignment == 0);
    long offset =
        iommu.translate(address, lengthBytes, IommuDomain.READ) == IommuDomain.FAULT
            ? IommuDomain.FAULT
            : iommu.translate(address, lengthBytes, IommuDomain.WRITE);
    check("%s at %#x, not in memory".formatted(what, address), offset != IommuDomain.FAULT);
    return offset;
  }

  /// @return the value, clamped so that reading can go on after a problem
  private int range(String what, int value, int min, int max) {
    check("%s = %d, not %d to %d".formatted(what, value, min, max), value >= min && value <= max);
    return Math.clamp(value, min, Math.max(min, max));
  }

  private void check(String problem, boolean passed) {
    if (!passed) {
      problems.add(problem);
    }
  }
}
