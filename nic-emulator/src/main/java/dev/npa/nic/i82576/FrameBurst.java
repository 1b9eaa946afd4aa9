// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Frames of one transmit queue on their way to the switch: where each lies in memory, and its
/// first 16 bytes.
///
/// Those are read once, here. What the switch checks is what is delivered, whatever the sender
/// writes to its buffer meanwhile. And they are read for all frames before the first is sent: the
/// reads miss the cache, which the guest's CPU has just written, and here the misses overlap.
///
/// The arrays are read by the loops that move the frames, one element per frame.
final class FrameBurst {
  /// Most frames in one burst: as many as a word has bits for their descriptors' RS.
  static final int CAPACITY = Long.SIZE;

  /// What [#first] and [#second] hold: bytes as they lie in memory, so that a copy swaps none.
  static final ValueLayout.OfLong HEAD =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final long ADDRESSES_AND_TYPE = 0xFFFF_FFFF_FFFFL; // of the second word

  /// Offset of each frame in memory.
  final long[] offsets = new long[CAPACITY];

  final int[] lengths = new int[CAPACITY];

  /// The first eight bytes of each frame.
  final long[] first = new long[CAPACITY];

  /// The next eight.
  final long[] second = new long[CAPACITY];

  private final int[] bytesBefore = new int[CAPACITY + 1];
  private int count;
  private int shortest;

  int count() {
    return count;
  }

  /// Length of the shortest frame.
  int shortest() {
    return shortest;
  }

  /// Length of the frames from one to before another, together.
  int bytes(int from, int to) {
    return bytesBefore[to] - bytesBefore[from];
  }

  /// Bytes 0 to 7 of a frame as a big-endian number: destination, start of source.
  long firstField(int frame) {
    return Long.reverseBytes(first[frame]);
  }

  /// Bytes 8 to 15: rest of source, EtherType, what may be a tag.
  long secondField(int frame) {
    return Long.reverseBytes(second[frame]);
  }

  /// The end of the run of frames that begins with this one and in which all have its addresses,
  /// type and, if it is tagged, tag.
  int endOfRun(int frame, boolean tagged) {
    long mask = tagged ? -1 : ADDRESSES_AND_TYPE;
    int end = frame + 1;
    while (end < count
        && first[end] == first[frame]
        && ((second[end] ^ second[frame]) & mask) == 0) {
      end++;
    }
    return end;
  }

  /// Puts a frame of at least 17 bytes in a place. It counts from [#end] on.
  ///
  /// @param before length of the frames in the places before, together
  void set(int frame, MemorySegment memory, long offset, int lengthBytes, int before) {
    offsets[frame] = offset;
    lengths[frame] = lengthBytes;
    bytesBefore[frame] = before;
    first[frame] = memory.get(HEAD, offset);
    second[frame] = memory.get(HEAD, offset + 8);
  }

  /// Ends the burst after so many frames.
  ///
  /// @param bytes their length together
  /// @param shortestBytes length of the shortest
  void end(int frames, int bytes, int shortestBytes) {
    count = frames;
    bytesBefore[frames] = bytes;
    shortest = shortestBytes;
  }

  /// Makes this a burst of one frame.
  void only(MemorySegment memory, long offset, int lengthBytes) {
    set(0, memory, offset, lengthBytes, 0);
    end(1, lengthBytes, lengthBytes);
  }
}
