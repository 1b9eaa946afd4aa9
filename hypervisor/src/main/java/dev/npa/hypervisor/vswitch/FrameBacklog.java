// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.vswitch;

import dev.npa.nic.FramePort;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A bounded FIFO of frames in off-heap memory.
///
/// ```
/// record at a multiple of 8:  +0 length i32, +4 frame bytes, then padding to 8
/// length WRAP:                the next record is at 0
/// ```
final class FrameBacklog {
  static final int MAX_FRAMES = 2048;

  /// Room for 2048 frames of 2044 bytes; jumbo frames fill it earlier.
  static final int SIZE_BYTES = MAX_FRAMES * 2048;

  private static final int WRAP = -1;
  private static final ValueLayout.OfInt LENGTH = ValueLayout.JAVA_INT;

  private final MemorySegment bytes = Arena.ofAuto().allocate(SIZE_BYTES, 8);
  private int head;
  private int tail;
  private int frames;

  int frames() {
    return frames;
  }

  boolean isEmpty() {
    return frames == 0;
  }

  void clear() {
    head = 0;
    tail = 0;
    frames = 0;
  }

  /// @return false if there is no room
  boolean add(MemorySegment memory, long offset, int lengthBytes) {
    if (frames == MAX_FRAMES || lengthBytes > SIZE_BYTES - LENGTH.byteSize()) {
      return false;
    }
    if (frames == 0) {
      clear(); // All room in one piece.
    }
    int size = recordBytes(lengthBytes);
    if (frames == 0 || tail > head) {
      if (size > SIZE_BYTES - tail) {
        if (size > head) {
          return false;
        }
        if (tail < SIZE_BYTES) {
          bytes.set(LENGTH, tail, WRAP);
        }
        tail = 0;
      }
    } else if (size > head - tail) {
      return false; // Wrapped already, or head == tail: full.
    }
    bytes.set(LENGTH, tail, lengthBytes);
    MemorySegment.copy(memory, offset, bytes, tail + LENGTH.byteSize(), lengthBytes);
    tail += size;
    frames++;
    return true;
  }

  /// Offers the oldest frame and forgets it if it was taken.
  ///
  /// @return length of the frame that was taken; 0 if it was not. Call only if not empty.
  int offerOldest(FramePort receiver) {
    if (head == SIZE_BYTES || bytes.get(LENGTH, head) == WRAP) {
      head = 0;
    }
    int lengthBytes = bytes.get(LENGTH, head);
    if (!receiver.offer(bytes, head + LENGTH.byteSize(), lengthBytes)) {
      return 0;
    }
    head += recordBytes(lengthBytes);
    frames--;
    return lengthBytes;
  }

  private static int recordBytes(int lengthBytes) {
    return (int) LENGTH.byteSize() + lengthBytes + 7 & ~7;
  }
}
