// SPDX-License-Identifier: MIT
package dev.npa.nic.wire;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.Optional;

/// The format of libpcap, draft-ietf-opsawg-pcap sections 4 and 5.
///
/// ```
/// file:   magic 32 | major 16 | minor 16 | reserved 64 | snap length 32 | FCS 4, f 1, link type 28
/// record: seconds 32 | fraction 32 | captured length 32 | original length 32 | bytes
/// ```
final class ClassicPcap implements CaptureFormat {
  static final int MAGIC_MICROS = 0xA1B2C3D4;
  static final int MAGIC_NANOS = 0xA1B23C4D;
  static final int MAJOR = 2;
  static final int MINOR = 4;

  private static final int LINK_TYPE_MASK = 0x03FF_FFFF;
  private static final int FCS_PRESENT = 1 << 26;
  private static final int FCS_SHIFT = 28; // In units of 16 bits.

  private final CaptureSource source;
  private final CaptureInterface seenAt;
  private final long nanosPerUnit;
  private long index;

  /// Reads the rest of the file header.
  private ClassicPcap(CaptureSource source, BigInteger unitsPerSecond) throws IOException {
    this.source = source;
    nanosPerUnit = CaptureInterface.NANOS_PER_SECOND.divide(unitsPerSecond).longValue();
    long at = source.offset();
    int major = source.u16("file header");
    if (major != MAJOR) {
      throw source.malformed(at, "pcap version " + major + ", expected " + MAJOR);
    }
    source.skip(2 + 8, "file header");
    int snapLength = source.u32("file header");
    at = source.offset();
    int linkType = source.u32("file header");
    int fcsBytes = (linkType & FCS_PRESENT) == 0 ? 0 : (linkType >>> FCS_SHIFT) * 2;
    seenAt =
        new CaptureInterface(
            linkType & LINK_TYPE_MASK,
            fcsBytes,
            Integer.toUnsignedLong(snapLength),
            unitsPerSecond,
            0);
    seenAt.checkEthernet(source, at);
  }

  /// @param magic first four bytes of the file, big-endian
  /// @return empty if they are not this format's
  static Optional<CaptureFormat> after(int magic, CaptureSource source) throws IOException {
    int swapped = Integer.reverseBytes(magic);
    boolean little = swapped == MAGIC_MICROS || swapped == MAGIC_NANOS;
    int value = little ? swapped : magic;
    if (value != MAGIC_MICROS && value != MAGIC_NANOS) {
      return Optional.empty();
    }
    source.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    return Optional.of(
        new ClassicPcap(
            source,
            value == MAGIC_NANOS
                ? CaptureInterface.NANOS_PER_SECOND
                : CaptureInterface.MICROS_PER_SECOND));
  }

  @Override
  public Optional<PcapFrame> next() throws IOException {
    if (source.atEnd()) {
      return Optional.empty();
    }
    long seconds = Integer.toUnsignedLong(source.u32("record header"));
    long fraction = Integer.toUnsignedLong(source.u32("record header"));
    long nanos = seconds * 1_000_000_000 + fraction * nanosPerUnit; // < 2^32 * 10^9 + 2^32 * 10^3
    int captured = PcapReader.capturedLength(source);
    long original = Integer.toUnsignedLong(source.u32("record header"));
    return Optional.of(seenAt.read(source, index++, nanos, captured, original));
  }
}
