// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/// Writes profile NPA-ZIP-1: stored entries back to back, fixed version and date, no flags, extra
/// fields, comments or attributes. Source: PKWARE APPNOTE 6.3.10, section 4.3.
final class StoredZip {

  private static final int LOC_MAGIC = 0x04034b50;
  private static final int CEN_MAGIC = 0x02014b50;
  private static final int EOCD_MAGIC = 0x06054b50;
  private static final short VERSION = 10;
  private static final short DATE_1980_02_01 = 1 | 2 << 5;

  private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private int count;

  void add(String name, byte[] content) {
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    byte[] common = common(nameBytes.length, content);
    int offset = entries.size();
    entries.writeBytes(buffer(4).putInt(LOC_MAGIC).array());
    entries.writeBytes(common);
    entries.writeBytes(nameBytes);
    entries.writeBytes(content);
    directory.writeBytes(buffer(6).putInt(CEN_MAGIC).putShort(VERSION).array());
    directory.writeBytes(common);
    // Comment length, disk number, internal and external attributes: all zero.
    directory.writeBytes(buffer(14).putInt(10, offset).array());
    directory.writeBytes(nameBytes);
    count++;
  }

  /// From version needed to length of the extra field, alike in both headers.
  private static byte[] common(int nameLength, byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    return buffer(26)
        .putShort(VERSION)
        .putShort((short) 0)
        .putShort((short) 0)
        .putShort((short) 0)
        .putShort(DATE_1980_02_01)
        .putInt((int) crc.getValue())
        .putInt(content.length)
        .putInt(content.length)
        .putShort((short) nameLength)
        .putShort((short) 0)
        .array();
  }

  @SuppressWarnings("ByteBufferBackingArray") // the buffer is the whole of its array
  byte[] finish() {
    ByteBuffer out = buffer(entries.size() + directory.size() + 22);
    out.put(entries.toByteArray()).put(directory.toByteArray());
    out.putInt(EOCD_MAGIC).putInt(0).putShort((short) count).putShort((short) count);
    out.putInt(directory.size()).putInt(entries.size()).putShort((short) 0);
    return out.array();
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
