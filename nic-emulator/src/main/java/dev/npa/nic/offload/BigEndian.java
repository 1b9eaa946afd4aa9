// SPDX-License-Identifier: MIT
package dev.npa.nic.offload;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Fields of network headers: big-endian, at any alignment.
final class BigEndian {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private BigEndian() {}

  static int getByte(MemorySegment memory, long offset) {
    return memory.get(ValueLayout.JAVA_BYTE, offset) & 0xFF;
  }

  static int getShort(MemorySegment memory, long offset) {
    return memory.get(SHORT, offset) & 0xFFFF;
  }

  static int getInt(MemorySegment memory, long offset) {
    return memory.get(INT, offset);
  }

  static void setByte(MemorySegment memory, long offset, int value) {
    memory.set(ValueLayout.JAVA_BYTE, offset, (byte) value);
  }

  static void setShort(MemorySegment memory, long offset, int value) {
    memory.set(SHORT, offset, (short) value);
  }

  static void setInt(MemorySegment memory, long offset, int value) {
    memory.set(INT, offset, value);
  }
}
