// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

/// A transmit descriptor (82576 data sheet, 7.2.2). 16 bytes, little-endian.
///
/// ```
///          63                 46 45..40 39 36 35 32 31      24 23  20 19  16 15       0
/// data    |                             buffer address                                |
///         |      PAYLEN         | POPTS  | IDX| STA | DCMD    | DTYP 3| MAC  | DTALEN |
/// context |    IPsec                               |  VLAN tag      | MACLEN | IPLEN  |
///         |  MSS  | L4LEN       |        | IDX|     | DCMD    | DTYP 2| TUCMD         |
/// legacy  |                             buffer address                                |
///         |  VLAN |     CSS     |        STA       | DCMD    |  CSO          | length |
/// back    |                            |      DD at bit 32                             |
/// ```
///
/// DCMD bits have the same places in all three. DEXT clear makes a descriptor a legacy one.
final class TxDescriptor {
  static final int BYTES = 16;
  static final int ADDRESS = 0;
  static final int COMMAND = 8;
  static final int STATUS = 12;

  static final int LENGTH_MASK = 0xFFFF;
  static final int DTYP_MASK = 0xF << 20;
  static final int DTYP_CONTEXT = 2 << 20;
  static final int DTYP_DATA = 3 << 20;
  static final int EOP = 1 << 24;

  /// Insert a checksum; legacy descriptors only.
  static final int IC = 1 << 26;

  static final int RS_SHIFT = 27;
  static final int RS = 1 << RS_SHIFT;
  static final int DEXT = 1 << 29;
  static final int VLE = 1 << 30;
  static final int TSE = 1 << 31;

  /// In [#STATUS]: done.
  static final int DD = 1;

  /// In [#STATUS]: which context.
  static final int IDX_SHIFT = 4;

  /// In [#STATUS]: insert an IP checksum.
  static final int IXSM = 1 << 8;

  /// In [#STATUS]: insert a TCP, UDP or SCTP checksum.
  static final int TXSM = 1 << 9;

  /// In [#STATUS]: encrypt.
  static final int IPSEC = 1 << 10;

  private TxDescriptor() {}

  /// Whether the descriptor is a context descriptor.
  static boolean isContext(int command) {
    return (command & DEXT) != 0 && (command & DTYP_MASK) == DTYP_CONTEXT;
  }
}
