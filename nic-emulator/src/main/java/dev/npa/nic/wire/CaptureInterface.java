// SPDX-License-Identifier: MIT
package dev.npa.nic.wire;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;

/// What a capture says about the interface its frames were seen at.
///
/// @param linkType LINKTYPE_ value of the tcpdump registry
/// @param fcsBytes length of the frame check sequence that each frame still carries
/// @param snapLengthBytes 0 for no limit
/// @param unitsPerSecond resolution of time stamps
/// @param offsetSeconds added to each time stamp
record CaptureInterface(
    int linkType,
    int fcsBytes,
    long snapLengthBytes,
    BigInteger unitsPerSecond,
    long offsetSeconds) {
  static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000);
  static final BigInteger MICROS_PER_SECOND = BigInteger.valueOf(1_000_000);

  private static final int ETHERNET = 1;

  /// The refusal of anything but Ethernet.
  void checkEthernet(CaptureSource source, long at) throws IOException {
    if (linkType != ETHERNET) {
      throw source.malformed(
          at,
          "link type %d (%s); only Ethernet (1) can be replayed"
              .formatted(linkType, linkTypeName(linkType)));
    }
  }

  /// Reads captured bytes and makes the frame of them.
  ///
  /// A frame whose recorded original length is less than what was captured (some writers leave it
  /// 0) is taken to have the captured length, as libpcap's readers do.
  PcapFrame read(
      CaptureSource source,
      long index,
      long timestampNanos,
      int capturedLength,
      long originalLength)
      throws IOException {
    if (originalLength > Integer.MAX_VALUE) {
      throw source.malformed(source.offset(), "original frame length " + originalLength);
    }
    int original = Math.max(capturedLength, (int) originalLength);
    byte[] bytes = source.bytes(capturedLength, "frame " + index);
    int withoutFcs = Math.max(0, original - fcsBytes);
    return new PcapFrame(
        index,
        timestampNanos,
        withoutFcs,
        bytes.length > withoutFcs ? Arrays.copyOf(bytes, withoutFcs) : bytes);
  }

  /// Converts a time stamp of pcapng, an unsigned count of units.
  long nanos(CaptureSource source, long at, long units) throws IOException {
    BigInteger nanos =
        new BigInteger(Long.toUnsignedString(units))
            .multiply(NANOS_PER_SECOND)
            .divide(unitsPerSecond)
            .add(BigInteger.valueOf(offsetSeconds).multiply(NANOS_PER_SECOND));
    if (nanos.bitLength() > Long.SIZE - 1) {
      throw source.malformed(at, "time stamp " + nanos + " ns is out of range");
    }
    return nanos.longValue();
  }

  private static String linkTypeName(int linkType) {
    return switch (linkType) {
      case 0, 108 -> "BSD loopback";
      case 1 -> "Ethernet";
      case 9, 50 -> "PPP";
      case 101, 12, 14 -> "raw IP";
      case 105 -> "IEEE 802.11";
      case 113 -> "Linux cooked, tcpdump -i any";
      case 127 -> "IEEE 802.11 with radiotap";
      case 189, 220 -> "USB, Linux";
      case 228 -> "raw IPv4";
      case 229 -> "raw IPv6";
      case 239 -> "NFLOG";
      case 276 -> "Linux cooked version 2, tcpdump -i any";
      default -> "see tcpdump.org/linktypes.html";
    };
  }
}
