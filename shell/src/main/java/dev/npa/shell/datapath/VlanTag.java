// SPDX-License-Identifier: MIT
package dev.npa.shell.datapath;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// An 802.1Q tag: the type 0x8100, then the tag control information.
final class VlanTag {
  private static final int TYPE = 0x8100;
  private static final int BYTES = 4;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private VlanTag() {}

  /// Makes room at `offset`, moving `lengthBytes` bytes up, and writes a tag there.
  ///
  /// @return the tag's length in bytes
  static int insert(MemorySegment memory, long offset, int lengthBytes, int tci) {
    MemorySegment.copy(memory, offset, memory, offset + BYTES, lengthBytes);
    memory.set(INT, offset, (TYPE << 16) | tci);
    return BYTES;
  }
}
