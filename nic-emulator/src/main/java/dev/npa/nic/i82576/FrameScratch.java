// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import dev.npa.nic.FrameBurst;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Device memory for the frames that cannot go out as they lie in guest memory. Two buffers: an
/// edited frame may have to be copied once more.
final class FrameScratch {
  private static final ValueLayout.OfInt TAG =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final int ADDRESSES_BYTES = 12;
  private static final int TAG_BYTES = 4;

  private final MemorySegment edited = allocate();
  private final MemorySegment copy = allocate();

  /// What [#edit], [#insertTag] and [#pad] made.
  MemorySegment edited() {
    return edited;
  }

  /// What [#removeTag] and [#hold] made.
  MemorySegment copy() {
    return copy;
  }

  /// Copies a frame to edit it.
  void edit(MemorySegment from, long offset, int lengthBytes) {
    MemorySegment.copy(from, offset, edited, 0, lengthBytes);
  }

  /// Fills the edited frame with zeros to 60 bytes.
  void pad(int lengthBytes) {
    for (int i = lengthBytes; i < FrameGather.PADDED_BYTES; i++) {
      edited.set(ValueLayout.JAVA_BYTE, i, (byte) 0);
    }
  }

  /// Copies a frame with an IEEE 802.1Q tag after the addresses.
  void insertTag(MemorySegment from, long offset, int lengthBytes, int etherTypeAndTag) {
    MemorySegment.copy(from, offset, edited, 0, ADDRESSES_BYTES);
    edited.set(TAG, ADDRESSES_BYTES, etherTypeAndTag);
    MemorySegment.copy(
        from,
        offset + ADDRESSES_BYTES,
        edited,
        ADDRESSES_BYTES + TAG_BYTES,
        lengthBytes - ADDRESSES_BYTES);
  }

  /// Copies a frame without the tag after the addresses.
  void removeTag(MemorySegment from, long offset, int lengthBytes) {
    int rest = ADDRESSES_BYTES + TAG_BYTES;
    MemorySegment.copy(from, offset, copy, 0, ADDRESSES_BYTES);
    MemorySegment.copy(from, offset + rest, copy, ADDRESSES_BYTES, lengthBytes - rest);
  }

  /// Copies a frame, its first 16 bytes as given ([FrameBurst#HEAD]).
  void hold(MemorySegment from, long offset, int lengthBytes, long first, long second) {
    FrameBurst.copy(from, offset, copy, 0, lengthBytes, first, second);
  }

  private static MemorySegment allocate() {
    return Arena.ofAuto().allocate(FrameGather.MAX_FRAME_BYTES + TAG_BYTES, 64);
  }
}
