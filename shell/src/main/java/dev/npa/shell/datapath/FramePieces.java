// SPDX-License-Identifier: MIT
package dev.npa.shell.datapath;

import dev.npa.plugin.RecvFrame;
import java.lang.foreign.MemorySegment;

/// The frames of a burst that do not lie whole in one buffer from its start, or whose tag the
/// device has removed: their pieces, until they are put together.
final class FramePieces {
  private static final int ADDRESSES_BYTES = 12;
  private static final int NO_TAG = -1;

  // Frame i has the pieces from firstPiece[i] to before firstPiece[i + 1].
  private final int[] firstPiece;
  private final int[] tags;
  private final long[] buffers;
  private final int[] offsets;
  private final int[] lengths;
  private int frames;

  /// @param maxFrames longest burst
  FramePieces(int maxFrames) {
    this.firstPiece = new int[maxFrames + 1];
    this.tags = new int[maxFrames];
    this.buffers = new long[maxFrames * RecvFrame.MAX_SG];
    this.offsets = new int[maxFrames * RecvFrame.MAX_SG];
    this.lengths = new int[maxFrames * RecvFrame.MAX_SG];
  }

  void clear() {
    frames = 0;
  }

  /// Begins a frame; [#add] then takes its pieces.
  ///
  /// @return the frame's index
  int begin(RecvFrame frame) {
    tags[frames] = frame.hasVlanTag() ? frame.vlanTag() & 0xFFFF : NO_TAG;
    firstPiece[frames + 1] = firstPiece[frames];
    frames++;
    return frames - 1;
  }

  void add(long buffer, int offset, int lengthBytes) {
    int piece = firstPiece[frames];
    buffers[piece] = buffer;
    offsets[piece] = offset;
    lengths[piece] = lengthBytes;
    firstPiece[frames] = piece + 1;
  }

  int first(int frame) {
    return firstPiece[frame];
  }

  int end(int frame) {
    return firstPiece[frame + 1];
  }

  long buffer(int piece) {
    return buffers[piece];
  }

  /// Puts a frame together, and a tag that the device has stripped back into its place.
  ///
  /// @return its length
  int assemble(int frame, MemorySegment memory, long assembly) {
    int length = 0;
    for (int piece = first(frame); piece < end(frame); piece++) {
      long from = RxLedger.address(buffers[piece]) + offsets[piece];
      MemorySegment.copy(memory, from, memory, assembly + length, lengths[piece]);
      length += lengths[piece];
    }
    if (tags[frame] == NO_TAG || length < ADDRESSES_BYTES) {
      return length;
    }
    return length
        + VlanTag.insert(memory, assembly + ADDRESSES_BYTES, length - ADDRESSES_BYTES, tags[frame]);
  }
}
