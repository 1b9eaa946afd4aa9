// SPDX-License-Identifier: MIT
package dev.npa.nic;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Frames of one transmit queue on their way to a switch: where each lies in memory, and its first
/// 16 bytes.
///
/// Those are read once, here. What the switch checks is what is delivered, whatever the sender
/// writes to its buffer meanwhile. And they are read for all frames before the first is sent: the
/// reads miss the cache, which the guest's CPU has just written, and here the misses overlap.
///
/// One array, so that the loops that move frames have one base and one bound in registers.
public final class FrameBurst {
  /// Shortest frame that a burst takes, in bytes.
  public static final int SHORTEST_BYTES = 17;

  /// Most frames in one burst: as many as a word has bits, one for each descriptor.
  public static final int CAPACITY = Long.SIZE;

  /// What [#first] and [#second] hold: bytes as they lie in memory, so that a copy swaps none.
  public static final ValueLayout.OfLong HEAD =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final int HEAD_BYTES = 16;
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

  public FrameBurst() {}

  public int count() {
    return count;
  }

  /// Length of the shortest frame.
  public int shortest() {
    return shortest;
  }

  /// Where a frame begins in memory.
  public long offset(int frame) {
    return words[STRIDE * frame + OFFSET];
  }

  public int length(int frame) {
    return (int) words[STRIDE * frame + LENGTHS];
  }

  /// The first eight bytes of a frame.
  public long first(int frame) {
    return words[STRIDE * frame + FIRST];
  }

  /// The next eight.
  public long second(int frame) {
    return words[STRIDE * frame + SECOND];
  }

  /// Length of the frames from one to before another, together.
  public int bytes(int from, int to) {
    return before(to) - before(from);
  }

  private int before(int frame) {
    return (int) (words[STRIDE * frame + LENGTHS] >> Integer.SIZE);
  }

  /// Bytes 0 to 7 of a frame as a big-endian number: destination, start of source.
  public long firstField(int frame) {
    return Long.reverseBytes(first(frame));
  }

  /// Bytes 8 to 15: rest of source, EtherType, what may be a tag.
  public long secondField(int frame) {
    return Long.reverseBytes(second(frame));
  }

  /// The end of the run of frames that begins with this one and in which all have its addresses,
  /// type and, if it is tagged, tag.
  public int endOfRun(int frame, boolean tagged) {
    long mask = tagged ? -1 : ADDRESSES_AND_TYPE;
    long first = first(frame);
    long second = second(frame);
    int end = frame + 1;
    while (end < count && first(end) == first && ((second(end) ^ second) & mask) == 0) {
      end++;
    }
    return end;
  }

  /// Puts a frame of at least [#SHORTEST_BYTES] in a place. It counts from [#end] on.
  ///
  /// @param before length of the frames in the places before, together
  public void set(int frame, MemorySegment memory, long offset, int lengthBytes, int before) {
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
  public void end(int frames, int bytes, int shortestBytes) {
    count = frames;
    words[STRIDE * frames + LENGTHS] = (long) bytes << Integer.SIZE;
    shortest = shortestBytes;
  }

  /// Makes this a burst of one frame.
  public void only(MemorySegment memory, long offset, int lengthBytes) {
    set(0, memory, offset, lengthBytes, 0);
    end(1, lengthBytes, lengthBytes);
  }

  /// Writes a frame or its first part to a buffer, its first 16 bytes as given; those of `from` are
  /// not read again.
  ///
  /// @param lengthBytes `>= 16`
  public static void copy(
      MemorySegment from,
      long offset,
      MemorySegment memory,
      long to,
      int lengthBytes,
      long first,
      long second) {
    memory.set(HEAD, to, first);
    memory.set(HEAD, to + 8, second);
    MemorySegment.copy(
        from, offset + HEAD_BYTES, memory, to + HEAD_BYTES, lengthBytes - HEAD_BYTES);
  }
}
