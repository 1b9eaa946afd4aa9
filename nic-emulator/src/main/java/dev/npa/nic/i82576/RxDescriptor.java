// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

/// A receive descriptor (82576 data sheet, 7.1.5 advanced, 7.1.4 legacy). 16 bytes, little-endian.
///
/// ```
///              63            48 47            32 31                              0
/// read   +0   |                        packet buffer address                      |
///        +8   |                        header buffer address                      |
/// back   +0   |      RSS hash or IP id, fragment checksum     | HDR_LEN, types    |
///        +8   |   VLAN tag     |     length     | errors 31:20    status 19:0     |
///
/// legacy +0   |                        packet buffer address                      |
/// back   +8   |   VLAN tag     | errors | status | checksum      | length          |
/// ```
///
/// Header split is not implemented: a queue that asks for it gets whole frames in the packet buffer
/// with SPH clear, which the data sheet allows for frames that cannot be split. Packet type, RSS
/// hash and checksum status stay 0, "not checked".
final class RxDescriptor {
  static final int BYTES = 16;
  static final int BUFFER_ADDRESS = 0;
  static final int WRITE_BACK_LOW = 0;
  static final int WRITE_BACK_HIGH = 8;

  static final int DD = 1;
  static final int EOP = 1 << 1;

  /// The tag was removed from the frame and is in the descriptor.
  static final int VP = 1 << 3;

  /// The frame passed an inexact filter.
  static final int PIF = 1 << 7;

  /// The frame came from another function of this device.
  static final int LB = 1 << 18;

  static final int LENGTH_SHIFT = 32;
  private static final int VLAN_SHIFT = 48;
  private static final int LEGACY_STATUS_SHIFT = 32;

  private RxDescriptor() {}

  /// Second half of an advanced write-back.
  static long high(int status, int lengthBytes, int vlanTag) {
    return (long) vlanTag << VLAN_SHIFT
        | (long) lengthBytes << LENGTH_SHIFT
        | Integer.toUnsignedLong(status);
  }

  /// Second half of a legacy write-back, which has only the low eight status bits.
  static long legacyHigh(int status, int lengthBytes, int vlanTag) {
    return (long) vlanTag << VLAN_SHIFT
        | (status & 0xFFL) << LEGACY_STATUS_SHIFT
        | Integer.toUnsignedLong(lengthBytes);
  }
}
