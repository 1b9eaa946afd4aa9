// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

/// Layout of a receive completion, 16 bytes, little-endian.
///
/// ```
///      31 30  29   26 25        16 15  14  13 12 11              0
/// +0  |  |cnc|rssType| queue id    |sop|eop|     | descriptor index|
/// +4  | RSS hash                                                  |
///      31                       16 15 14  13                     0
/// +8  | VLAN tag                  |ts|err| bytes in this buffer  |
///      31 30   24 23  22  21 20 19  18  17  16  15               0
/// +12 |gen| type |fcs|frg|v4|v6|ipc|tcp|udp|tuc| checksum        |
/// ```
///
/// What concerns the frame counts in the completion with eop. Queue id: the queue for ring 0, plus
/// the number of receive queues for ring 1. Source: vmxnet3_defs.h, `Vmxnet3_RxCompDesc`.
final class RxCompletion {
  static final int WORD0 = 0;
  static final int HASH = 4;
  static final int WORD2 = 8;
  static final int WORD3 = 12;

  // Word 0.
  static final int EOP = 1 << 14;
  static final int SOP = 1 << 15;
  static final int QUEUE_SHIFT = 16;
  static final int RSS_TYPE_SHIFT = 26;
  static final int CHECKSUM_NOT_CALCULATED = 1 << 30;

  // Word 2.
  static final int TAG_STRIPPED = 1 << 15;
  static final int TAG_SHIFT = 16;

  // Word 3.
  static final int TRANSPORT_CHECKSUM_OK = 1 << 16;
  static final int UDP = 1 << 17;
  static final int TCP = 1 << 18;
  static final int IP_CHECKSUM_OK = 1 << 19;
  static final int IPV6 = 1 << 20;
  static final int IPV4 = 1 << 21;
  static final int FRAGMENT = 1 << 22;
  static final int FCS_OK = 1 << 23;
  static final int TYPE = 3 << 24;

  private RxCompletion() {}
}
