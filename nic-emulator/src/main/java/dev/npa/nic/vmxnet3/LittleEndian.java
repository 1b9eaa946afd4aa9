// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Fields in guest memory: little-endian, at any alignment but for the ordered accesses.
final class LittleEndian {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle ORDERED_INT =
      ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();

  private LittleEndian() {}

  static int getByte(MemorySegment memory, long offset) {
    return memory.get(ValueLayout.JAVA_BYTE, offset) & 0xFF;
  }

  static int getShort(MemorySegment memory, long offset) {
    return memory.get(SHORT, offset) & 0xFFFF;
  }

  static int getInt(MemorySegment memory, long offset) {
    return memory.get(INT, offset);
  }

  static long getLong(MemorySegment memory, long offset) {
    return memory.get(LONG, offset);
  }

  static void setByte(MemorySegment memory, long offset, int value) {
    memory.set(ValueLayout.JAVA_BYTE, offset, (byte) value);
  }

  static void setInt(MemorySegment memory, long offset, int value) {
    memory.set(INT, offset, value);
  }

  static void setLong(MemorySegment memory, long offset, long value) {
    memory.set(LONG, offset, value);
  }

  /// @param offset a multiple of 4
  static int getIntAcquire(MemorySegment memory, long offset) {
    return (int) ORDERED_INT.getAcquire(memory, offset);
  }

  /// @param offset a multiple of 4
  static void setIntRelease(MemorySegment memory, long offset, int value) {
    ORDERED_INT.setRelease(memory, offset, value);
  }
}
