// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import dev.npa.nic.DeviceThread;
import dev.npa.nic.MacAddress;
import dev.npa.nic.memory.GuestMemory;
import dev.npa.nic.pci.Bar;
import dev.npa.nic.pci.ConfigSpace;
import dev.npa.nic.vmxnet3.abi.DriverShared;
import dev.npa.nic.vmxnet3.abi.QueueDesc;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Command;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Registers;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/// A guest with a driver that does as little as a test needs, and a device stepped by hand.
///
/// ```
/// 0x01000 DriverShared | 0x02000 queue descriptors | 0x03000 spare tables
/// 0x10000 + 0x10000 * queue pair: tx ring, +0x1000 tx completions, +0x2000 rx ring 0, +0x3000 rx
///         ring 1, +0x4000 rx completions
/// 0x100000 transmit buffers, 4 KiB each | 0x200000 receive buffers, 2 KiB each
/// ```
final class TestGuest {
  static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:01");
  static final int SHARED = 0x1000;
  static final int QUEUES = 0x2000;
  static final int TABLES = 0x3000;
  static final int TX_BUFFERS = 0x100000;
  static final int RX_BUFFERS = 0x200000;
  static final int RX_BUFFER_BYTES = 2048;
  static final int MEMORY_BYTES = 4 << 20;
  static final int RING = 32;
  static final int NONE = -1;

  final GuestMemory memory = GuestMemory.allocate(MEMORY_BYTES);
  final MemorySegment bytes = memory.segment();
  final DeviceThread thread = new DeviceThread("device");
  final RecordingHost host = new RecordingHost();
  final List<Integer> messages = new ArrayList<>();
  final Vmxnet3Device device =
      new Vmxnet3Device(memory, (_, data) -> messages.add(data), thread, host, MAC);
  final Bar pt = device.function().bar(Vmxnet3Registers.BAR_PASSTHROUGH);
  final Bar vd = device.function().bar(Vmxnet3Registers.BAR_VIRTUAL_DEVICE);
  final int queues;

  private final int[] txNext;
  private final int[] txGeneration;
  private final int[] txCompletion;
  private final int[] rxNext;
  private final int[] rxGeneration;
  private final int[] rxCompletion;

  TestGuest() {
    this(1);
  }

  TestGuest(int queues) {
    this.queues = queues;
    txNext = new int[queues];
    txGeneration = new int[queues];
    txCompletion = new int[queues];
    rxNext = new int[2 * queues];
    rxGeneration = new int[2 * queues];
    rxCompletion = new int[queues];
    thread.add(device);
    boot();
    prepare();
  }

  /// A guest whose device is active, with all receive modes and vectors open.
  static TestGuest active() {
    TestGuest guest = new TestGuest();
    guest.start();
    return guest;
  }

  void start() {
    setInt(SHARED + DriverShared.RX_MODE, 0x0F);
    if (activate() != Vmxnet3Command.RESULT_OK) {
      throw new IllegalStateException(device.lastRefusal());
    }
    for (int v = 0; v < Vmxnet3Registers.VECTORS; v++) {
      pt.write32(Vmxnet3Registers.IMR + 8 * v, 0);
    }
    host.calls.clear();
  }

  private void boot() {
    ConfigSpace config = device.function().config();
    config.write(
        ConfigSpace.COMMAND, 2, ConfigSpace.COMMAND_MEMORY | ConfigSpace.COMMAND_BUS_MASTER);
    config.write(PciIdentity.MSIX_CONTROL, 2, PciIdentity.MSIX_ENABLE);
    Bar table = device.function().bar(Vmxnet3Registers.BAR_MSIX);
    for (int v = 0; v < Vmxnet3Registers.VECTORS; v++) {
      table.write32(16 * v, 0xFEE00000);
      table.write32(16 * v + 8, v);
      table.write32(16 * v + 12, 0);
    }
    vd.write32(Vmxnet3Registers.VRRS, 1);
    vd.write32(Vmxnet3Registers.UVRS, 1);
  }

  /// Writes DriverShared and queue descriptors; queue pair `q` has vector `q`, events the next.
  void prepare() {
    setInt(SHARED + DriverShared.MAGIC, DriverShared.MAGIC_VALUE);
    setInt(SHARED + DriverShared.REVISION_SUPPORT, 1);
    setInt(SHARED + DriverShared.UPT_VERSION_SUPPORT, 1);
    setInt(SHARED + DriverShared.MTU, 1500);
    setLong(SHARED + DriverShared.QUEUE_DESC_PA, QUEUES);
    setInt(SHARED + DriverShared.QUEUE_DESC_LEN, 2 * queues * QueueDesc.SIZE_BYTES);
    setByte(SHARED + DriverShared.NUM_TX_QUEUES, queues);
    setByte(SHARED + DriverShared.NUM_RX_QUEUES, queues);
    setByte(SHARED + DriverShared.NUM_INTRS, queues + 1);
    setByte(SHARED + DriverShared.EVENT_INTR_INDEX, queues);
    for (int q = 0; q < queues; q++) {
      setLong(tx(q) + QueueDesc.TX_RING_PA, txRing(q));
      setInt(tx(q) + QueueDesc.TX_RING_SIZE, RING);
      setLong(tx(q) + QueueDesc.TX_COMP_RING_PA, txRing(q) + 0x1000);
      setInt(tx(q) + QueueDesc.TX_COMP_RING_SIZE, RING);
      setByte(tx(q) + QueueDesc.TX_INTR_INDEX, q);
      setLong(rx(q) + QueueDesc.RX_RING_PA, rxRing(q, 0));
      setInt(rx(q) + QueueDesc.RX_RING_SIZE, RING);
      setLong(rx(q) + QueueDesc.RX_RING_PA + 8, rxRing(q, 1));
      setInt(rx(q) + QueueDesc.RX_RING_SIZE + 4, RING);
      setLong(rx(q) + QueueDesc.RX_COMP_RING_PA, rxCompletions(q));
      setInt(rx(q) + QueueDesc.RX_COMP_RING_SIZE, 2 * RING);
      setByte(rx(q) + QueueDesc.RX_INTR_INDEX, q);
    }
    forgetRings();
  }

  /// As a driver that builds its rings anew.
  void forgetRings() {
    bytes.asSlice(0x10000, 0xF0000).fill((byte) 0);
    java.util.Arrays.fill(txNext, 0);
    java.util.Arrays.fill(txGeneration, TxDescriptor.GENERATION);
    java.util.Arrays.fill(txCompletion, 0);
    java.util.Arrays.fill(rxNext, 0);
    java.util.Arrays.fill(rxGeneration, RxDescriptor.GENERATION);
    java.util.Arrays.fill(rxCompletion, 0);
  }

  int activate() {
    vd.write32(Vmxnet3Registers.DSAL, SHARED);
    vd.write32(Vmxnet3Registers.DSAH, 0);
    return command(Vmxnet3Command.ACTIVATE_DEV);
  }

  int command(int command) {
    vd.write32(Vmxnet3Registers.CMD, command);
    return vd.read32(Vmxnet3Registers.CMD);
  }

  int tx(int q) {
    return QUEUES + q * QueueDesc.SIZE_BYTES;
  }

  int rx(int q) {
    return QUEUES + (queues + q) * QueueDesc.SIZE_BYTES;
  }

  int txRing(int q) {
    return 0x10000 + 0x10000 * q;
  }

  int rxRing(int q, int ring) {
    return txRing(q) + 0x2000 + 0x1000 * ring;
  }

  int rxCompletions(int q) {
    return txRing(q) + 0x4000;
  }

  /// Puts one descriptor on transmit queue 0, handed over at once.
  ///
  /// @param word2 without length and generation
  int putTx(long address, int lengthBytes, int word2, int word3) {
    return putTx(0, address, lengthBytes, word2, word3);
  }

  int putTx(int q, long address, int lengthBytes, int word2, int word3) {
    int index = txNext[q];
    int descriptor = txRing(q) + 16 * index;
    setLong(descriptor, address);
    setInt(descriptor + 12, word3);
    setInt(descriptor + 8, word2 | lengthBytes & 0x3FFF | txGeneration[q]);
    if (++txNext[q] == RING) {
      txNext[q] = 0;
      txGeneration[q] ^= TxDescriptor.GENERATION;
    }
    return index;
  }

  /// Sends a frame from one buffer, asking for completion.
  int send(byte[] frame) {
    int buffer = TX_BUFFERS + 4096 * txNext[0];
    write(buffer, frame);
    return putTx(buffer, frame.length, 0, TxDescriptor.EOP | TxDescriptor.COMPLETION_REQUESTED);
  }

  /// The index in the next transmit completion, or [#NONE].
  int nextTxCompletion() {
    return nextTxCompletion(0);
  }

  int nextTxCompletion(int q) {
    int generation = (txCompletion[q] / RING & 1) ^ 1;
    int entry = txRing(q) + 0x1000 + 16 * (txCompletion[q] % RING);
    if (getInt(entry + 12) >>> 31 != generation) {
      return NONE;
    }
    txCompletion[q]++;
    return getInt(entry);
  }

  /// Gives receive ring 0 or 1 a buffer.
  int putRx(int ring, int lengthBytes, int bufferType) {
    return putRx(
        0,
        ring,
        RX_BUFFERS + (ring * RING + rxNext[ring]) * RX_BUFFER_BYTES,
        lengthBytes,
        bufferType);
  }

  int putRx(int q, int ring, long address, int lengthBytes, int bufferType) {
    int slot = 2 * q + ring;
    int index = rxNext[slot];
    int descriptor = rxRing(q, ring) + 16 * index;
    setLong(descriptor, address);
    setInt(descriptor + 8, lengthBytes | bufferType | rxGeneration[slot]);
    if (++rxNext[slot] == RING) {
      rxNext[slot] = 0;
      rxGeneration[slot] ^= RxDescriptor.GENERATION;
    }
    return index;
  }

  void putRxHeads(int count) {
    for (int i = 0; i < count; i++) {
      putRx(0, RX_BUFFER_BYTES, 0);
    }
  }

  /// The next receive completion, four words, or an empty array.
  int[] nextRxCompletion() {
    return nextRxCompletion(0);
  }

  int[] nextRxCompletion(int q) {
    int generation = (rxCompletion[q] / (2 * RING) & 1) ^ 1;
    int entry = rxCompletions(q) + 16 * (rxCompletion[q] % (2 * RING));
    if (getInt(entry + 12) >>> 31 != generation) {
      return new int[0];
    }
    rxCompletion[q]++;
    return new int[] {
      getInt(entry), getInt(entry + 4), getInt(entry + 8), getInt(entry + 12) & 0x7FFFFFFF
    };
  }

  /// Offers a frame from the wire's side and ends the burst.
  boolean receive(byte[] frame) {
    boolean taken = device.receiver().offer(MemorySegment.ofArray(frame), 0, frame.length);
    device.receiver().flush();
    return taken;
  }

  byte[] rxBuffer(int ring, int index, int lengthBytes) {
    return read(RX_BUFFERS + (ring * RING + index) * RX_BUFFER_BYTES, lengthBytes);
  }

  byte[] read(int address, int lengthBytes) {
    return bytes.asSlice(address, lengthBytes).toArray(ValueLayout.JAVA_BYTE);
  }

  void write(long address, byte[] content) {
    MemorySegment.copy(content, 0, bytes, ValueLayout.JAVA_BYTE, address, content.length);
  }

  int getInt(long address) {
    return LittleEndian.getInt(bytes, address);
  }

  long stat(int queueDescriptor, int counter) {
    return LittleEndian.getLong(bytes, queueDescriptor + QueueDesc.STATS + 8 * counter);
  }

  void setByte(long address, int value) {
    LittleEndian.setByte(bytes, address, value);
  }

  void setInt(long address, int value) {
    LittleEndian.setInt(bytes, address, value);
  }

  void setLong(long address, long value) {
    LittleEndian.setLong(bytes, address, value);
  }
}
