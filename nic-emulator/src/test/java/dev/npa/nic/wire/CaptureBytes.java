// SPDX-License-Identifier: MIT
package dev.npa.nic.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Writes capture files by hand, in either byte order, right or wrong.
final class CaptureBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteOrder order;

  CaptureBytes(ByteOrder order) {
    this.order = order;
  }

  CaptureBytes u8(int value) {
    out.write(value);
    return this;
  }

  CaptureBytes u16(int value) {
    return bytes(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
  }

  CaptureBytes u32(long value) {
    return bytes(ByteBuffer.allocate(4).order(order).putInt((int) value).array());
  }

  CaptureBytes u64(long value) {
    return bytes(ByteBuffer.allocate(8).order(order).putLong(value).array());
  }

  CaptureBytes bytes(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /// A classic file header.
  CaptureBytes classic(int magic, int linkType) {
    return u32(magic).u16(2).u16(4).u64(0).u32(262_144).u32(linkType);
  }

  CaptureBytes record(long seconds, long fraction, long original, byte... bytes) {
    return u32(seconds).u32(fraction).u32(bytes.length).u32(original).bytes(bytes);
  }

  CaptureBytes section() {
    return block(Pcapng.SECTION_HEADER, body().u32(Pcapng.BYTE_ORDER_MAGIC).u16(1).u16(0).u64(-1));
  }

  CaptureBytes ethernetInterface(long snapLength) {
    return block(Pcapng.INTERFACE_DESCRIPTION, body().u16(1).u16(0).u32(snapLength));
  }

  CaptureBytes enhancedPacket(int seenAt, long timestamp, long original, byte... bytes) {
    return block(
        Pcapng.ENHANCED_PACKET,
        body()
            .u32(seenAt)
            .u32(timestamp >>> 32)
            .u32(timestamp)
            .u32(bytes.length)
            .u32(original)
            .bytes(bytes));
  }

  /// A block around a body, which is padded.
  CaptureBytes block(int type, CaptureBytes body) {
    body.pad();
    int length = body.out.size() + 12;
    return u32(type).u32(length).bytes(body.toByteArray()).u32(length);
  }

  CaptureBytes option(int code, CaptureBytes value) {
    u16(code).u16(value.out.size());
    value.pad();
    return bytes(value.toByteArray());
  }

  /// An empty piece in the same byte order.
  CaptureBytes body() {
    return new CaptureBytes(order);
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }

  List<PcapFrame> read() throws IOException {
    return read(toByteArray());
  }

  static List<PcapFrame> read(byte[] file) throws IOException {
    List<PcapFrame> frames = new ArrayList<>();
    try (PcapReader reader = PcapReader.open(new ByteArrayInputStream(file), "test")) {
      reader.forEachRemaining(frames::add);
    }
    return frames;
  }

  private void pad() {
    while (out.size() % 4 != 0) {
      out.write(0);
    }
  }
}
