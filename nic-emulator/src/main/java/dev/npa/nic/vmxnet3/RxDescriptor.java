// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

/// Layout of a receive descriptor, 16 bytes, little-endian.
///
/// ```
/// +0  | address, low half                              |
/// +4  | address, high half                             |
///      31  30       16    15     14   13              0
/// +8  |gen|    rsvd   | dtype | btype | buffer length  |
/// +12 | rsvd                                           |
/// ```
///
/// Buffer type 0 (head) may begin a frame, 1 (body) only continues one. Source: vmxnet3_defs.h,
/// `Vmxnet3_RxDesc`.
final class RxDescriptor {
  static final int SIZE_BYTES = 16;
  static final int ADDRESS = 0;
  static final int WORD2 = 8;

  static final int GENERATION = 1 << 31;
  static final int BODY = 1 << 14;

  /// A head buffer is at least this long.
  static final int MIN_HEAD_BYTES = 128;

  private RxDescriptor() {}

  static int lengthBytes(int word2) {
    return word2 & 0x3FFF;
  }
}
