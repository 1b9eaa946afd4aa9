// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import dev.npa.nic.offload.InternetChecksum;
import dev.npa.nic.offload.TcpSegmentation;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// What a queue's contexts and a frame's first data descriptor ask the device to do to the frame
/// (82576 data sheet, 7.2.2.2, 7.2.2.3 and 7.2.4). A queue has two contexts.
///
/// Implemented: IPv4, TCP and UDP checksum, VLAN tag, TCP segmentation. A frame that asks for
/// something else (SCTP, IPsec), for a context that was never written, or for a checksum outside
/// itself is malformed.
final class TxOffloads {
  /// No tag is to be inserted.
  static final int NO_TAG = -1;

  private static final int CONTEXTS = 2;
  private static final int IPV4 = 1 << 10;
  private static final int L4T_MASK = 3 << 11;
  private static final int L4T_UDP = 0;
  private static final int L4T_TCP = 1 << 11;
  private static final int IP_CHECKSUM = 10;
  private static final int TCP_CHECKSUM = 16;
  private static final int UDP_CHECKSUM = 6;
  private static final int CHECKSUM_BYTES = 2;
  private static final int LEGACY_TAG_SHIFT = 16;

  private final int[] lengths = new int[CONTEXTS]; // dw0: IPLEN 8:0, MACLEN 15:9, VLAN 31:16
  private final int[] types = new int[CONTEXTS]; // dw2: IPV4, L4T
  private final int[] sizes = new int[CONTEXTS]; // dw3: L4LEN 15:8, MSS 31:16
  private final boolean[] written = new boolean[CONTEXTS];
  private int context;
  private int command;
  private int options;
  private boolean legacy;

  /// Forgets the contexts: the queue was enabled.
  void clear() {
    written[0] = false;
    written[1] = false;
  }

  /// Takes a context descriptor.
  void setContext(long low, int type, int size) {
    int index = size >>> TxDescriptor.IDX_SHIFT & CONTEXTS - 1;
    lengths[index] = (int) low;
    types[index] = type;
    sizes[index] = size;
    written[index] = true;
  }

  /// Takes a frame's first data descriptor.
  ///
  /// @return whether it makes sense
  boolean begin(int firstCommand, int firstOptions) {
    command = firstCommand;
    options = firstOptions;
    legacy = (firstCommand & TxDescriptor.DEXT) == 0;
    if (legacy) {
      return (firstCommand & TxDescriptor.IC) == 0;
    }
    context = firstOptions >>> TxDescriptor.IDX_SHIFT & CONTEXTS - 1;
    boolean asks =
        (firstCommand & (TxDescriptor.VLE | TxDescriptor.TSE)) != 0
            || (firstOptions & (TxDescriptor.IXSM | TxDescriptor.TXSM)) != 0;
    return (firstOptions & TxDescriptor.IPSEC) == 0 && (!asks || written[context]);
  }

  /// Whether the frame is to be cut into TCP segments.
  boolean segments() {
    return !legacy && (command & TxDescriptor.TSE) != 0;
  }

  /// The tag to insert, or [#NO_TAG].
  int tag() {
    if ((command & TxDescriptor.VLE) == 0) {
      return NO_TAG;
    }
    return legacy ? options >>> LEGACY_TAG_SHIFT : lengths[context] >>> 16;
  }

  /// Prepares the cutting of a gathered frame.
  ///
  /// @return whether it can be cut
  boolean beginSegments(TcpSegmentation segmentation, MemorySegment memory, int lengthBytes) {
    int headers = transportStart() + (sizes[context] >>> 8 & 0xFF);
    int segmentBytes = sizes[context] >>> 16;
    return (types[context] & L4T_MASK) == L4T_TCP
        && headers + segmentBytes <= FrameGather.MAX_FRAME_BYTES
        && segmentation.begin(memory, 0, lengthBytes, headers, segmentBytes);
  }

  /// Writes the checksums that a gathered frame is to have. The transport checksum's field holds
  /// the pseudo-header's sum.
  ///
  /// @return whether they lie in the frame and are of kinds that exist
  boolean insertChecksums(MemorySegment memory, int lengthBytes) {
    return legacy || insertIpChecksum(memory, lengthBytes) && insertTransport(memory, lengthBytes);
  }

  private boolean insertIpChecksum(MemorySegment memory, int lengthBytes) {
    if ((options & TxDescriptor.IXSM) == 0) {
      return true;
    }
    int start = macBytes();
    int end = transportStart();
    int field = start + IP_CHECKSUM;
    if ((types[context] & IPV4) == 0 || field + CHECKSUM_BYTES > end || end > lengthBytes) {
      return false;
    }
    memory.set(ValueLayout.JAVA_SHORT_UNALIGNED, field, (short) 0);
    InternetChecksum.fill(memory, 0, end, start, field);
    return true;
  }

  private boolean insertTransport(MemorySegment memory, int lengthBytes) {
    if ((options & TxDescriptor.TXSM) == 0) {
      return true;
    }
    int type = types[context] & L4T_MASK;
    int start = transportStart();
    int field = start + (type == L4T_UDP ? UDP_CHECKSUM : TCP_CHECKSUM);
    boolean known = type == L4T_UDP || type == L4T_TCP;
    if (!known || field + CHECKSUM_BYTES > lengthBytes) {
      return false;
    }
    InternetChecksum.fill(memory, 0, lengthBytes, start, field);
    return true;
  }

  private int macBytes() {
    return lengths[context] >>> 9 & 0x7F;
  }

  private int transportStart() {
    return macBytes() + (lengths[context] & 0x1FF);
  }
}
