// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.vswitch;

import dev.npa.nic.MacAddress;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Fields of an Ethernet frame (IEEE 802.3, 802.1Q).
///
/// ```
/// +0 destination, +6 source, +12 EtherType, or 0x8100 and then +14 tag: 11:0 VLAN id
/// ```
final class EthernetHeader {
  static final int BYTES = 14;

  /// [#vlan] of a frame without tag.
  static final int UNTAGGED = 0;

  private static final int TAGGED_BYTES = 18;
  private static final int SOURCE = 6;
  private static final int ETHER_TYPE = 12;
  private static final int TAG = 14;
  private static final int ETHER_TYPE_VLAN = 0x8100;
  private static final int VLAN_ID_MASK = 0xFFF;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private EthernetHeader() {}

  static long destination(MemorySegment memory, long offset) {
    return MacAddress.read(memory, offset);
  }

  /// Read as 2 and 4 bytes, neither across a multiple of 8: the frame has just been copied here in
  /// words, and a load across two stores waits until both have left the store buffer.
  static long source(MemorySegment memory, long offset) {
    return (memory.get(SHORT, offset + SOURCE) & 0xFFFFL) << 32
        | Integer.toUnsignedLong(memory.get(INT, offset + SOURCE + 2));
  }

  /// Whether the frame is too short for its header. One that ends inside its tag would get a tag
  /// that nobody has checked when it is padded.
  static boolean isRunt(MemorySegment memory, long offset, int lengthBytes) {
    return lengthBytes < BYTES || lengthBytes < TAGGED_BYTES && isTagged(memory, offset);
  }

  /// @param second bytes 8 to 15 as a big-endian number
  static boolean isTagged(long second) {
    return (second >>> 16 & 0xFFFF) == ETHER_TYPE_VLAN;
  }

  private static boolean isTagged(MemorySegment memory, long offset) {
    return (memory.get(SHORT, offset + ETHER_TYPE) & 0xFFFF) == ETHER_TYPE_VLAN;
  }

  /// The VLAN id, or [#UNTAGGED].
  static int vlan(MemorySegment memory, long offset, int lengthBytes) {
    return isTagged(memory, offset) && lengthBytes >= TAGGED_BYTES
        ? memory.get(SHORT, offset + TAG) & VLAN_ID_MASK
        : UNTAGGED;
  }
}
