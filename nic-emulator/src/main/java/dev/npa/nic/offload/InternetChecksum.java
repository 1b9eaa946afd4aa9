// SPDX-License-Identifier: MIT
package dev.npa.nic.offload;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// The one's complement sum of IP, TCP and UDP (RFC 1071).
///
/// A *sum* is a folded 16-bit number, not yet complemented; sums of parts that start at even
/// offsets may be added with [#add].
public final class InternetChecksum {
  /// The sum over data that includes its own correct checksum.
  public static final int CORRECT = 0xFFFF;

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private InternetChecksum() {}

  /// Sums bytes; an odd last byte counts as if a zero byte followed.
  ///
  /// @param lengthBytes `>= 0`
  public static int sum(MemorySegment memory, long offset, int lengthBytes) {
    // Little-endian words add up to the byte-swapped sum (RFC 1071, 2.B).
    long sum = 0;
    int i = 0;
    for (; i <= lengthBytes - 8; i += 8) {
      long word = memory.get(LONG, offset + i);
      sum += (word & 0xFFFF_FFFFL) + (word >>> 32);
    }
    if (i <= lengthBytes - 4) {
      sum += memory.get(INT, offset + i) & 0xFFFF_FFFFL;
      i += 4;
    }
    if (i <= lengthBytes - 2) {
      sum += memory.get(SHORT, offset + i) & 0xFFFF;
      i += 2;
    }
    if (i < lengthBytes) {
      sum += memory.get(ValueLayout.JAVA_BYTE, offset + i) & 0xFF;
    }
    return Short.reverseBytes((short) fold(sum)) & 0xFFFF;
  }

  /// Adds two sums, or a sum and a 16-bit header field.
  public static int add(int a, int b) {
    int sum = a + b;
    return (sum & 0xFFFF) + (sum >>> 16);
  }

  /// The pseudo-header of TCP and UDP: both addresses, the protocol and the length (RFC 9293 3.1,
  /// RFC 8200 8.1).
  ///
  /// @param addresses offset of the source address; the destination address follows it
  /// @param addressBytes 4 or 16
  /// @param lengthBytes of TCP or UDP with its header, `<= 65535`
  public static int pseudoHeader(
      MemorySegment memory, long addresses, int addressBytes, int protocol, int lengthBytes) {
    return add(add(sum(memory, addresses, 2 * addressBytes), protocol), lengthBytes);
  }

  /// Sums from `start` to the end of the frame and writes the complement to `field`, whose content
  /// before (a pseudo-header's sum) takes part.
  ///
  /// A result of 0 is written as FFFF: the same number in one's complement, and in UDP 0 would mean
  /// "no checksum".
  public static void fill(MemorySegment memory, long frame, int lengthBytes, int start, int field) {
    int checksum = ~sum(memory, frame + start, lengthBytes - start) & 0xFFFF;
    BigEndian.setShort(memory, frame + field, checksum == 0 ? 0xFFFF : checksum);
  }

  private static int fold(long sum) {
    long s = (sum & 0xFFFF_FFFFL) + (sum >>> 32);
    s = (s & 0xFFFF) + (s >>> 16);
    s = (s & 0xFFFF) + (s >>> 16);
    return (int) ((s & 0xFFFF) + (s >>> 16));
  }
}
