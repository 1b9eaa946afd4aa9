// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

/// Layout of a transmit descriptor, 16 bytes, little-endian.
///
/// ```
///      31                18 17   16    15   14  13              0
/// +0  | address, low half                                       |
/// +4  | address, high half                                      |
/// +8  | mss or checksum   |ext1|dtype|rsvd|gen| length (0=16384)|
///      31      16 15 14   13 12   11  10  9                     0
/// +12 | VLAN tag |ti|ext2|cq|eop|  mode  | header length        |
/// ```
///
/// Mode, header length, mss/checksum, ti and tag count in the first descriptor of a frame, cq in
/// the last. Source: vmxnet3_defs.h, `Vmxnet3_TxDesc`.
final class TxDescriptor {
  static final int SIZE_BYTES = 16;
  static final int ADDRESS = 0;
  static final int WORD2 = 8;
  static final int WORD3 = 12;

  // Word 2.
  static final int GENERATION = 1 << 14;
  static final int DTYPE = 1 << 16;

  // Word 3.
  static final int EOP = 1 << 12;
  static final int COMPLETION_REQUESTED = 1 << 13;
  static final int TAG_INSERT = 1 << 15;

  static final int MODE_NONE = 0;
  static final int MODE_CHECKSUM = 2;
  static final int MODE_TSO = 3;

  static final int MAX_PER_FRAME = 16;
  static final int MAX_PER_TSO_FRAME = 24;

  private static final int MODE_MASK = 3 << 10;

  private TxDescriptor() {}

  static int lengthBytes(int word2) {
    int length = word2 & 0x3FFF;
    return length == 0 ? 1 << 14 : length;
  }

  /// Segment size of [#MODE_TSO], offset of the checksum field of [#MODE_CHECKSUM].
  static int mssOrChecksum(int word2) {
    return word2 >>> 18;
  }

  static int headerBytes(int word3) {
    return word3 & 0x3FF;
  }

  static int mode(int word3) {
    return (word3 & MODE_MASK) >>> 10;
  }

  static int tag(int word3) {
    return word3 >>> 16;
  }

  /// Whether the frame is this one descriptor and goes out as it is.
  static boolean isPlain(int word2, int word3) {
    return (word3 & (EOP | TAG_INSERT | MODE_MASK)) == EOP && (word2 & DTYPE) == 0;
  }
}
