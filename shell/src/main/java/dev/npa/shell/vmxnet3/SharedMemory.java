// SPDX-License-Identifier: MIT
package dev.npa.shell.vmxnet3;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/// A block of guest memory that driver and device share, little-endian.
record SharedMemory(MemorySegment memory, long address) {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);
  private static final VarHandle ALIGNED_INT =
      ValueLayout.JAVA_INT.withOrder(LITTLE_ENDIAN).varHandle();

  SharedMemory at(long offset) {
    return new SharedMemory(memory, address + offset);
  }

  int read8(int offset) {
    return memory.get(ValueLayout.JAVA_BYTE, address + offset) & 0xFF;
  }

  int read16(int offset) {
    return memory.get(SHORT, address + offset) & 0xFFFF;
  }

  int read32(int offset) {
    return memory.get(INT, address + offset);
  }

  long read64(int offset) {
    return memory.get(LONG, address + offset);
  }

  /// Reads what the device writes at any time.
  int readAcquire32(int offset) {
    return (int) ALIGNED_INT.getAcquire(memory, address + offset);
  }

  void write8(int offset, int value) {
    memory.set(ValueLayout.JAVA_BYTE, address + offset, (byte) value);
  }

  void write16(int offset, int value) {
    memory.set(SHORT, address + offset, (short) value);
  }

  void write32(int offset, int value) {
    memory.set(INT, address + offset, value);
  }

  void write64(int offset, long value) {
    memory.set(LONG, address + offset, value);
  }

  void clear(int lengthBytes) {
    memory.asSlice(address, lengthBytes).fill((byte) 0);
  }
}
