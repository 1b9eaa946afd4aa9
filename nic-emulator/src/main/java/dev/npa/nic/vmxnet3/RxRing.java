// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import java.lang.foreign.MemorySegment;

/// One of the two receive descriptor rings of a queue. Descriptors are looked at with a cursor and
/// consumed together when the whole frame has found room.
final class RxRing {
  private final MemorySegment memory;
  private final long start;
  private final int size;
  private int next;
  private int generation = RxDescriptor.GENERATION;
  private int cursor;
  private int cursorGeneration;

  /// @param size 0 for a ring that is absent
  RxRing(MemorySegment memory, long start, int size) {
    this.memory = memory;
    this.start = start;
    this.size = size;
    rewind();
  }

  int size() {
    return size;
  }

  /// Back to the first descriptor that is not consumed.
  void rewind() {
    cursor = next;
    cursorGeneration = generation;
  }

  /// Consumes all descriptors before the cursor.
  void consume() {
    next = cursor;
    generation = cursorGeneration;
  }

  int cursor() {
    return cursor;
  }

  /// Whether the descriptor at the cursor is the device's.
  ///
  /// @param word2 as [#word2] returned it
  boolean owns(int word2) {
    return (word2 & RxDescriptor.GENERATION) == cursorGeneration;
  }

  /// @throws IndexOutOfBoundsException never: the reader of the configuration checked the ring; the
  ///   ring is not absent
  int word2() {
    // Acquire: the driver writes the generation last.
    return LittleEndian.getIntAcquire(memory, descriptor() + RxDescriptor.WORD2);
  }

  long address() {
    return LittleEndian.getLong(memory, descriptor() + RxDescriptor.ADDRESS);
  }

  void step() {
    if (++cursor == size) {
      cursor = 0;
      cursorGeneration ^= RxDescriptor.GENERATION;
    }
  }

  private long descriptor() {
    return start + (long) cursor * RxDescriptor.SIZE_BYTES;
  }
}
