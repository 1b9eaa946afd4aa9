// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import dev.npa.nic.memory.GuestMemory;
import dev.npa.nic.pci.Bar;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/// A small driver for one queue pair, written from the data sheet, for tests. Descriptor `i` of
/// either ring has its buffer at a fixed place.
final class QueueDriver {
  static final long TX_RING = 0x1_0000;
  static final long RX_RING = 0x2_0000;
  static final long TX_BUFFERS = 0x4_0000;
  static final long RX_BUFFERS = 0x14_0000;
  static final int BUFFER_BYTES = 2048;
  static final int DATA = TxDescriptor.DEXT | TxDescriptor.DTYP_DATA;
  static final int WHOLE = DATA | TxDescriptor.EOP;
  static final int SRRCTL_2K = 0x8200_0002;

  private static final VarHandle STATUS = ValueLayout.JAVA_INT.varHandle();

  private final MemorySegment memory;
  private final Bar bar;
  private final int rx;
  private final int tx;
  private final int size;
  private int txTail;
  private int rxTail;
  private int rxHead;

  QueueDriver(GuestMemory memory, Bar bar, int rxBlock, int txBlock, int size) {
    this.memory = memory.segment();
    this.bar = bar;
    this.rx = rxBlock;
    this.tx = txBlock;
    this.size = size;
  }

  /// Enables both queues and hands over all RX buffers.
  QueueDriver start() {
    startTx();
    startRx(SRRCTL_2K);
    giveBuffers(size - 1);
    return this;
  }

  void startTx() {
    bar.write32(tx + I82576Registers.TXDCTL, 0);
    bar.write32(tx + I82576Registers.TDBAL, (int) TX_RING);
    bar.write32(tx + I82576Registers.TDLEN, size * 16);
    bar.write32(tx + I82576Registers.TDH, 0);
    bar.write32(tx + I82576Registers.TDT, 0);
    bar.write32(tx + I82576Registers.TXDCTL, I82576Registers.DCTL_ENABLE);
    txTail = 0;
  }

  void startRx(int srrctl) {
    bar.write32(rx + I82576Registers.RXDCTL, 0);
    bar.write32(rx + I82576Registers.SRRCTL, srrctl);
    bar.write32(rx + I82576Registers.RDBAL, (int) RX_RING);
    bar.write32(rx + I82576Registers.RDLEN, size * 16);
    bar.write32(rx + I82576Registers.RDT, 0);
    bar.write32(rx + I82576Registers.RXDCTL, I82576Registers.DCTL_ENABLE | 1 << 16);
    rxTail = 0;
    rxHead = 0;
  }

  void giveBuffers(int count) {
    for (int i = 0; i < count; i++) {
      rxDescriptor(rxTail, RX_BUFFERS + (long) rxTail * BUFFER_BYTES, 0);
      rxTail = (rxTail + 1) % size;
    }
    bar.write32(rx + I82576Registers.RDT, rxTail);
  }

  void rxDescriptor(int index, long address, long headerAddress) {
    memory.set(ValueLayout.JAVA_LONG, RX_RING + 16L * index, address);
    memory.set(ValueLayout.JAVA_LONG, RX_RING + 16L * index + 8, headerAddress);
  }

  /// Queues one frame in as many descriptors as there are lengths, RS on the last.
  void queue(byte[] frame, int... lengths) {
    int done = 0;
    for (int i = 0; i < lengths.length; i++) {
      boolean last = i == lengths.length - 1;
      MemorySegment.copy(MemorySegment.ofArray(frame), done, memory, txBuffer(txTail), lengths[i]);
      int end = last ? TxDescriptor.EOP | TxDescriptor.RS : 0;
      queueRaw(txBuffer(txTail), DATA | end | lengths[i], frame.length << 14);
      done += lengths[i];
    }
  }

  long txBuffer(int index) {
    return TX_BUFFERS + (long) index * BUFFER_BYTES;
  }

  /// Queues one descriptor.
  void queueRaw(long address, int command, int status) {
    long at = TX_RING + 16L * txTail;
    memory.set(ValueLayout.JAVA_LONG, at, address);
    memory.set(ValueLayout.JAVA_INT, at + 8, command);
    memory.set(ValueLayout.JAVA_INT, at + 12, status);
    txTail = (txTail + 1) % size;
  }

  void ring() {
    bar.write32(tx + I82576Registers.TDT, txTail);
  }

  void send(byte[] frame) {
    queue(frame, frame.length);
    ring();
  }

  int txTail() {
    return txTail;
  }

  boolean isDone(int index) {
    return (memory.get(ValueLayout.JAVA_INT, TX_RING + 16L * index + 12) & TxDescriptor.DD) != 0;
  }

  int rxStatus(int index) {
    return (int) STATUS.getAcquire(memory, RX_RING + 16L * index + 8);
  }

  int rxLength(int index) {
    return memory.get(ValueLayout.JAVA_INT, RX_RING + 16L * index + 12) & 0xFFFF;
  }

  int rxTag(int index) {
    return memory.get(ValueLayout.JAVA_INT, RX_RING + 16L * index + 12) >>> 16;
  }

  /// Takes what has been received and hands the buffers back.
  List<byte[]> receive() {
    List<byte[]> frames = new ArrayList<>();
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    int taken = 0;
    while ((rxStatus(rxHead) & RxDescriptor.DD) != 0) {
      long buffer = RX_BUFFERS + (long) rxHead * BUFFER_BYTES;
      frame.writeBytes(memory.asSlice(buffer, rxLength(rxHead)).toArray(ValueLayout.JAVA_BYTE));
      if ((rxStatus(rxHead) & RxDescriptor.EOP) != 0) {
        frames.add(frame.toByteArray());
        frame.reset();
      }
      rxDescriptor(rxHead, buffer, 0);
      rxHead = (rxHead + 1) % size;
      taken++;
    }
    giveBuffers(taken);
    return frames;
  }
}
