// SPDX-License-Identifier: MIT
package dev.npa.nic.wire;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The block format of Wireshark, draft-ietf-opsawg-pcapng section 4.
///
/// ```
/// block: type 32 | total length 32 | body, padded to 32 bits | total length 32
/// ```
///
/// Read are section headers, interface descriptions and the three kinds of packet; other blocks are
/// skipped, as the draft wants it. An interface that is not Ethernet is refused at its first
/// packet: a capture may name interfaces that saw nothing.
final class Pcapng implements CaptureFormat {
  /// A palindrome, so that it reads the same in both byte orders.
  static final int SECTION_HEADER = 0x0A0D0D0A;

  static final int INTERFACE_DESCRIPTION = 1;
  static final int PACKET = 2; // Obsolete; old files have it.
  static final int SIMPLE_PACKET = 3;
  static final int ENHANCED_PACKET = 6;
  static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;

  private static final int MAJOR = 1;
  private static final long SECTION_HEADER_BYTES = 28;
  private static final long OVERHEAD_BYTES = 12;
  private static final int MOST_INTERFACES = 65_536; // Bounds memory, not files met in practice.

  private final CaptureSource source;
  private final List<CaptureInterface> interfaces = new ArrayList<>();
  private long bodyEnd;
  private long index;

  private Pcapng(CaptureSource source) throws IOException {
    this.source = source;
    readSectionHeader(0);
  }

  /// As [ClassicPcap#after].
  static Optional<CaptureFormat> after(int magic, CaptureSource source) throws IOException {
    return magic == SECTION_HEADER ? Optional.of(new Pcapng(source)) : Optional.empty();
  }

  @Override
  public Optional<PcapFrame> next() throws IOException {
    while (!source.atEnd()) {
      long start = source.offset();
      int type = source.u32("block type");
      if (type == SECTION_HEADER) {
        readSectionHeader(start);
        continue;
      }
      long length = Integer.toUnsignedLong(source.u32("block length"));
      checkLength(start, length, OVERHEAD_BYTES);
      bodyEnd = start + length - 4;
      Optional<PcapFrame> frame = Optional.empty();
      switch (type) {
        case INTERFACE_DESCRIPTION -> readInterface(start);
        case PACKET, ENHANCED_PACKET -> frame = Optional.of(readPacket(start, type));
        case SIMPLE_PACKET -> frame = Optional.of(readSimplePacket(start));
        default -> {} // Names, statistics, secrets, vendors' own: nothing to replay.
      }
      endBlock(start, length);
      if (frame.isPresent()) {
        return frame;
      }
    }
    return Optional.empty();
  }

  /// The block whose type was read is a section header: it sets the byte order, even of its length.
  private void readSectionHeader(long start) throws IOException {
    source.order(ByteOrder.BIG_ENDIAN);
    int length = source.u32("section header");
    int magic = source.u32("section header");
    if (magic == Integer.reverseBytes(BYTE_ORDER_MAGIC)) {
      source.order(ByteOrder.LITTLE_ENDIAN);
      length = Integer.reverseBytes(length);
    } else if (magic != BYTE_ORDER_MAGIC) {
      throw source.malformed(start + 8, "byte-order magic %08x".formatted(magic));
    }
    long lengthBytes = Integer.toUnsignedLong(length);
    checkLength(start, lengthBytes, SECTION_HEADER_BYTES);
    bodyEnd = start + lengthBytes - 4;
    int major = source.u16("section header");
    if (major != MAJOR) {
      throw source.malformed(start + 12, "pcapng version " + major + ", expected " + MAJOR);
    }
    interfaces.clear();
    endBlock(start, lengthBytes);
  }

  private void readInterface(long start) throws IOException {
    if (interfaces.size() == MOST_INTERFACES) {
      throw source.malformed(start, "more than " + MOST_INTERFACES + " interfaces");
    }
    checkBody(start, 8, "interface description");
    interfaces.add(InterfaceDescription.read(source, bodyEnd));
  }

  private PcapFrame readPacket(long start, int type) throws IOException {
    checkBody(start, 20, "packet block");
    long at = source.offset();
    long id = type == PACKET ? source.u16("packet") : Integer.toUnsignedLong(source.u32("packet"));
    if (type == PACKET) {
      source.skip(2, "packet"); // Drop count.
    }
    CaptureInterface seenAt = interfaceOf(at, id);
    at = source.offset();
    long high = Integer.toUnsignedLong(source.u32("packet"));
    long low = Integer.toUnsignedLong(source.u32("packet"));
    long nanos = seenAt.nanos(source, at, high << 32 | low);
    at = source.offset();
    int captured = PcapReader.capturedLength(source);
    long original = Integer.toUnsignedLong(source.u32("packet"));
    checkCaptured(at, captured);
    return seenAt.read(source, index++, nanos, captured, original);
  }

  /// A simple packet is of interface 0 and says only its original length.
  private PcapFrame readSimplePacket(long start) throws IOException {
    checkBody(start, 4, "simple packet block");
    long at = source.offset();
    CaptureInterface seenAt = interfaceOf(at, 0);
    long original = Integer.toUnsignedLong(source.u32("packet"));
    long snapLength = seenAt.snapLengthBytes();
    long captured = snapLength == 0 ? original : Math.min(original, snapLength);
    PcapReader.checkCapturedLength(source, at, captured);
    checkCaptured(at, captured);
    return seenAt.read(source, index++, 0, (int) captured, original);
  }

  private CaptureInterface interfaceOf(long at, long id) throws IOException {
    if (id >= interfaces.size()) {
      throw source.malformed(at, "interface " + id + " of " + interfaces.size());
    }
    CaptureInterface seenAt = interfaces.get((int) id);
    seenAt.checkEthernet(source, at);
    return seenAt;
  }

  private void checkLength(long start, long length, long least) throws IOException {
    if (length < least || length % 4 != 0) {
      throw source.malformed(start + 4, "block length " + length);
    }
  }

  private void checkBody(long start, int least, String what) throws IOException {
    if (bodyEnd - source.offset() < least) {
      throw source.malformed(
          start + 4, "block length " + (bodyEnd + 4 - start) + " is too small for " + what);
    }
  }

  private void checkCaptured(long at, long captured) throws IOException {
    if (captured > bodyEnd - source.offset()) {
      throw source.malformed(at, "captured length " + captured + " is more than its block holds");
    }
  }

  private void endBlock(long start, long length) throws IOException {
    source.skip(bodyEnd - source.offset(), "block at " + start);
    long again = Integer.toUnsignedLong(source.u32("block length"));
    if (again != length) {
      throw source.malformed(
          bodyEnd, "block length " + again + " after a block that began with " + length);
    }
  }
}
