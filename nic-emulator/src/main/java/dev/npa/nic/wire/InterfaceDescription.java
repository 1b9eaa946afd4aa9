// SPDX-License-Identifier: MIT
package dev.npa.nic.wire;

import java.io.IOException;
import java.math.BigInteger;

/// Pcapng's interface description block, draft-ietf-opsawg-pcapng section 4.2.
///
/// ```
/// body:   link type 16 | reserved 16 | snap length 32 | options
/// option: code 16 | length 16 | value, padded to 32 bits
/// ```
final class InterfaceDescription {
  static final int TIMESTAMP_RESOLUTION = 9;
  static final int FCS_LENGTH = 13;
  static final int TIMESTAMP_OFFSET = 14;

  private static final int END_OF_OPTIONS = 0;
  private static final int BASE_TWO = 0x80;

  private InterfaceDescription() {}

  /// @param bodyEnd at least 8 bytes after the source's offset; not read beyond
  static CaptureInterface read(CaptureSource source, long bodyEnd) throws IOException {
    int linkType = source.u16("interface description");
    source.skip(2, "interface description");
    long snapLength = Integer.toUnsignedLong(source.u32("interface description"));
    BigInteger unitsPerSecond = CaptureInterface.MICROS_PER_SECOND;
    long offsetSeconds = 0;
    int fcsBytes = 0;
    while (bodyEnd - source.offset() >= 4) {
      long at = source.offset();
      int code = source.u16("option");
      int length = source.u16("option");
      if (code == END_OF_OPTIONS) {
        break;
      }
      long end = source.offset() + (length + 3 & ~3);
      if (end > bodyEnd) {
        throw source.malformed(at + 2, "option length " + length + " is more than its block holds");
      }
      switch (code) {
        case TIMESTAMP_RESOLUTION -> {
          checkLength(source, at, code, length, 1);
          unitsPerSecond = unitsPerSecond(source);
        }
        case FCS_LENGTH -> {
          checkLength(source, at, code, length, 1);
          fcsBytes = source.u8("option");
        }
        case TIMESTAMP_OFFSET -> {
          checkLength(source, at, code, length, 8);
          offsetSeconds = source.u64("option");
        }
        default -> {} // Names, addresses, filters: nothing that changes a frame.
      }
      source.skip(end - source.offset(), "option");
    }
    return new CaptureInterface(linkType, fcsBytes, snapLength, unitsPerSecond, offsetSeconds);
  }

  private static BigInteger unitsPerSecond(CaptureSource source) throws IOException {
    int resolution = source.u8("option");
    return (resolution & BASE_TWO) != 0
        ? BigInteger.TWO.pow(resolution & ~BASE_TWO)
        : BigInteger.TEN.pow(resolution);
  }

  private static void checkLength(CaptureSource source, long at, int code, int length, int expected)
      throws IOException {
    if (length != expected) {
      throw source.malformed(
          at + 2, "option " + code + " has length " + length + ", expected " + expected);
    }
  }
}
