// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import java.lang.foreign.MemorySegment;

/// A ring that the device fills and the driver empties: 16-byte entries whose last bit, the
/// generation, says that the entry is new. It changes meaning each time round.
///
/// ```
/// transmit completion   +0 | index of the frame's last descriptor (11:0) |
///                       +12| gen (31) | type 0 (30:24) |
/// receive completion    see RxCompletion
/// ```
///
/// The driver makes the ring as large as the descriptor rings that feed it; the device cannot see
/// how far the driver has read.
final class CompletionRing {
  private static final int ENTRY_BYTES = 16;
  private static final int WORD3 = 12;
  private static final int GENERATION = 1 << 31;

  private final MemorySegment memory;
  private final long start;
  private final int size;
  private int next;
  private int generation = GENERATION;

  /// Zeroes the ring.
  ///
  /// @param start offset of the ring in `memory`, a multiple of 512
  CompletionRing(MemorySegment memory, long start, int size) {
    this.memory = memory;
    this.start = start;
    this.size = size;
    memory.asSlice(start, (long) size * ENTRY_BYTES).fill((byte) 0);
  }

  void completeTransmit(int descriptorIndex) {
    complete(descriptorIndex, 0, 0, 0);
  }

  /// Writes an entry and hands it to the driver.
  ///
  /// @param word3 without generation
  void complete(int word0, int word1, int word2, int word3) {
    long entry = start + (long) next * ENTRY_BYTES;
    LittleEndian.setInt(memory, entry, word0);
    LittleEndian.setInt(memory, entry + 4, word1);
    LittleEndian.setInt(memory, entry + 8, word2);
    // Release: who sees the generation sees the entry, and the frame in the buffer.
    LittleEndian.setIntRelease(memory, entry + WORD3, word3 | generation);
    if (++next == size) {
      next = 0;
      generation ^= GENERATION;
    }
  }
}
