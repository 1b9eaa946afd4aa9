// SPDX-License-Identifier: MIT
package dev.npa.testbed;

import static java.nio.ByteOrder.BIG_ENDIAN;

import dev.npa.nic.MacAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/// The frames that one guest replays, over and over, each time with the next sequence number in an
/// 8-byte trailer behind the captured bytes, so that every frame on the wire is unique.
public final class ReplayFrames {
  public static final int TRAILER_BYTES = 8;

  private static final int SOURCE_OFFSET = 6;
  private static final ValueLayout.OfLong SEQUENCE =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(BIG_ENDIAN);

  private final MemorySegment bytes;
  private final long[] offsets;
  private final int[] lengths;

  /// @param frames at least one, each at least 14 bytes long
  public ReplayFrames(List<byte[]> frames) {
    if (frames.isEmpty()) {
      throw new IllegalArgumentException("nothing to replay");
    }
    offsets = new long[frames.size()];
    lengths = new int[frames.size()];
    long end = 0;
    for (int i = 0; i < lengths.length; i++) {
      offsets[i] = end;
      lengths[i] = frames.get(i).length;
      end += lengths[i];
    }
    bytes = Arena.ofAuto().allocate(end, 64);
    for (int i = 0; i < lengths.length; i++) {
      MemorySegment.copy(frames.get(i), 0, bytes, ValueLayout.JAVA_BYTE, offsets[i], lengths[i]);
    }
  }

  /// Puts other stations' addresses into all frames. Nothing may be on its way.
  public void readdress(MacAddress from, MacAddress to) {
    for (long offset : offsets) {
      if (!MacAddress.isGroup(MacAddress.read(bytes, offset))) {
        MacAddress.write(bytes, offset, to.value());
      }
      MacAddress.write(bytes, offset + SOURCE_OFFSET, from.value());
    }
  }

  /// Writes the frame that has this sequence number.
  ///
  /// @return its length with the trailer
  public int write(long sequence, MemorySegment memory, long offset) {
    int i = index(sequence);
    MemorySegment.copy(bytes, offsets[i], memory, offset, lengths[i]);
    memory.set(SEQUENCE, offset + lengths[i], sequence);
    return lengths[i] + TRAILER_BYTES;
  }

  /// The sequence number that a received frame claims; -1 if it is too short to have one.
  public static long sequence(MemorySegment memory, long offset, int lengthBytes) {
    return lengthBytes < TRAILER_BYTES
        ? -1
        : memory.get(SEQUENCE, offset + lengthBytes - TRAILER_BYTES);
  }

  /// Whether every byte of a received frame is as it was sent.
  public boolean matches(long sequence, MemorySegment memory, long offset, int lengthBytes) {
    int i = index(sequence);
    return lengthBytes == lengths[i] + TRAILER_BYTES
        && MemorySegment.mismatch(
                bytes, offsets[i], offsets[i] + lengths[i], memory, offset, offset + lengths[i])
            == -1;
  }

  private int index(long sequence) {
    return (int) (sequence % lengths.length);
  }
}
