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
/// One array, so that the loops that move frames have one base and one bound in registers.
final class FrameBurst {
  /// Most frames in one burst: as many as a word has bits for their descriptors' RS.
  static final int CAPACITY = Long.SIZE;

  /// What [#first] and [#second] hold: bytes as they lie in memory, so that a copy swaps none.
  static final ValueLayout.OfLong HEAD =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final long ADDRESSES_AND_TYPE = 0xFFFF_FFFF_FFFFL; // of the second word

  // Words per frame.
  private static final int OFFSET = 0;
  private static final int LENGTHS = 1; // of those before, together, in the upper half; its own
  private static final int FIRST = 2;
  private static final int SECOND = 3;
  private static final int STRIDE = 4;

  private final long[] words = new long[STRIDE * (CAPACITY + 1)];
  private int count;
  private int shortest;

  int count() {
    return count;
  }

  /// Length of the shortest frame.
  int shortest() {
    return shortest;
  }

  /// Where a frame begins in memory.
  long offset(int frame) {
    return words[STRIDE * frame + OFFSET];
  }

  int length(int frame) {
    return (int) words[STRIDE * frame + LENGTHS];
  }

  /// The first eight bytes of a frame.
  long first(int frame) {
    return words[STRIDE * frame + FIRST];
  }

  /// The next eight.
  long second(int frame) {
    return words[STRIDE * frame + SECOND];
  }

  /// Length of the frames from one to before another, together.
  int bytes(int from, int to) {
    return before(to) - before(from);
  }

  private int before(int frame) {
    return (int) (words[STRIDE * frame + LENGTHS] >> Integer.SIZE);
  }

  /// Bytes 0 to 7 of a frame as a big-endian number: destination, start of source.
  long firstField(int frame) {
    return Long.reverseBytes(first(frame));
  }

  /// Bytes 8 to 15: rest of source, EtherType, what may be a tag.
  long secondField(int frame) {
    return Long.reverseBytes(second(frame));
  }

  /// The end of the run of frames that begins with this one and in which all have its addresses,
  /// type and, if it is tagged, tag.
  int endOfRun(int frame, boolean tagged) {
    long mask = tagged ? -1 : ADDRESSES_AND_TYPE;
    long first = first(frame);
    long second = second(frame);
    int end = frame + 1;
    while (end < count && first(end) == first && ((second(end) ^ second) & mask) == 0) {
      end++;
    }
    return end;
  }

  /// Puts a frame of at least 17 bytes in a place. It counts from [#end] on.
  ///
  /// @param before length of the frames in the places before, together
  void set(int frame, MemorySegment memory, long offset, int lengthBytes, int before) {
    int at = STRIDE * frame;
    words[at + OFFSET] = offset;
    words[at + LENGTHS] = (long) before << Integer.SIZE | lengthBytes;
    words[at + FIRST] = memory.get(HEAD, offset);
    words[at + SECOND] = memory.get(HEAD, offset + 8);
  }

  /// Ends the burst after so many frames.
  ///
  /// @param bytes their length together
  /// @param shortestBytes length of the shortest
  void end(int frames, int bytes, int shortestBytes) {
    count = frames;
    words[STRIDE * frames + LENGTHS] = (long) bytes << Integer.SIZE;
    shortest = shortestBytes;
  }

  /// Makes this a burst of one frame.
  void only(MemorySegment memory, long offset, int lengthBytes) {
    set(0, memory, offset, lengthBytes, 0);
    end(1, lengthBytes, lengthBytes);
  }
}
