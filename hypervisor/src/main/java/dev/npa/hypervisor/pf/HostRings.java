// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Where the PF driver keeps its rings and buffers in the host's memory, and the fields of advanced
/// descriptors (82576 data sheet, 7.1.5 and 7.2.2) that it uses.
///
/// ```
/// 0x000000  transmit ring, 512 * 16 bytes      0x100000  transmit buffers, 512 * 10 KiB
/// 0x004000  receive ring, 1024 * 16 bytes      0x600000  receive buffers, 1024 * 10 KiB
/// ```
///
/// A buffer holds the largest frame whole, so that each frame is one descriptor.
final class HostRings {
  static final int TX_DESCRIPTORS = 512;
  static final int RX_DESCRIPTORS = 1024;
  static final int DESCRIPTOR_BYTES = 16;
  static final int BUFFER_KIB = 10;
  static final int BUFFER_BYTES = BUFFER_KIB * 1024;
  static final long TX_RING = 0;
  static final long RX_RING = 0x4000;
  static final long TX_BUFFERS = 0x10_0000;
  static final long RX_BUFFERS = TX_BUFFERS + (long) TX_DESCRIPTORS * BUFFER_BYTES;
  static final long SIZE_BYTES = RX_BUFFERS + (long) RX_DESCRIPTORS * BUFFER_BYTES;

  static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  // Transmit: +8 command, +12 status.
  static final int TX_COMMAND = 8;
  static final int TX_STATUS = 12;

  /// DEXT, IFCS, EOP, DTYP 3.
  static final int TX_DATA_FRAME = 1 << 29 | 1 << 25 | 1 << 24 | 3 << 20;

  /// RS: report status.
  static final int TX_REPORT = 1 << 27;

  static final int TX_PAYLEN_SHIFT = 14;
  static final int TX_DONE = 1;

  // Receive write-back: +8 status and errors, +12 length and tag.
  static final int RX_STATUS = 8;
  static final int RX_LENGTH = 12;
  static final int RX_DONE = 1;
  static final int RX_END_OF_PACKET = 1 << 1;
  static final int RX_ERROR = 1 << 29;
  static final int RX_LENGTH_MASK = 0xFFFF;

  private HostRings() {}
}
