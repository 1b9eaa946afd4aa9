// SPDX-License-Identifier: MIT
package dev.npa.verifier.archive;

import static dev.npa.verifier.archive.ZipRecord.u16;
import static dev.npa.verifier.archive.ZipRecord.u32;

import dev.npa.verifier.Location;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.Printable;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.stage.RuleBroken;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/// Reads profile NPA-ZIP-1 from memory: stored entries back to back from byte 0, then the central
/// directory, then its end record. Every header field has one legal value or one legal meaning, so
/// that no other ZIP reader can see another archive in the same bytes.
final class ZipReader {

  /// @param name not checked yet: bytes as ISO 8859-1
  record Entry(String name, byte[] content) {}

  private static final Location DIRECTORY = new Location.Package("central directory");
  private static final String REPACK = "build the package with this project's tool";

  private final byte[] bytes;
  private final int end;
  private int directory;
  private int directoryStart;
  private int nextHeader;

  private ZipReader(byte[] bytes, int end) {
    this.bytes = bytes;
    this.end = end;
  }

  /// @param end where the end-of-directory record must lie
  static List<Entry> read(byte[] bytes, int end) throws RuleBroken {
    return new ZipReader(bytes, end).entries();
  }

  private List<Entry> entries() throws RuleBroken {
    if (end < 0
        || end > bytes.length - ZipRecord.EOCD_BYTES
        || u32(bytes, end) != ZipRecord.EOCD_MAGIC) {
      throw broken(RuleId.P001_NOT_A_PACKAGE, DIRECTORY, "no end-of-directory record");
    }
    if (u32(bytes, end + ZipRecord.EOCD_DISKS) != 0) {
      throw broken(RuleId.P005_FORBIDDEN_FEATURE, DIRECTORY, "archive of several disks");
    }
    int count = u16(bytes, end + ZipRecord.EOCD_ENTRIES);
    if (count == 0 || count != u16(bytes, end + ZipRecord.EOCD_ENTRIES_HERE)) {
      throw broken(RuleId.P001_NOT_A_PACKAGE, DIRECTORY, "entry counts are 0 or differ");
    }
    if (count > PackageFormat.MAX_ENTRIES) {
      throw broken(RuleId.P002_TOO_LARGE, DIRECTORY, count + " > " + PackageFormat.MAX_ENTRIES);
    }
    long start = u32(bytes, end + ZipRecord.EOCD_CEN_OFFSET);
    if (start + u32(bytes, end + ZipRecord.EOCD_CEN_SIZE) != end) {
      throw broken(RuleId.P004_LAYOUT, DIRECTORY, "does not end at its end record");
    }
    directoryStart = (int) start;
    directory = directoryStart;
    List<Entry> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      entries.add(next());
    }
    if (directory != end || nextHeader != directoryStart) {
      throw broken(RuleId.P004_LAYOUT, DIRECTORY, "bytes that belong to no entry");
    }
    return entries;
  }

  private Entry next() throws RuleBroken {
    if (end - directory < ZipRecord.CEN_BYTES || u32(bytes, directory) != ZipRecord.CEN_MAGIC) {
      throw broken(RuleId.P001_NOT_A_PACKAGE, DIRECTORY, "no record at " + directory);
    }
    int nameLength = u16(bytes, directory + ZipRecord.CEN_NAME_LENGTH);
    int nameAt = directory + ZipRecord.CEN_BYTES;
    if (nameLength == 0 || nameLength > PackageFormat.MAX_NAME_BYTES || nameLength > end - nameAt) {
      throw broken(RuleId.P006_ENTRY_NAME, DIRECTORY, "name of " + nameLength + " bytes");
    }
    String name = new String(bytes, nameAt, nameLength, StandardCharsets.ISO_8859_1);
    Location where = new Location.Entry(Printable.text(name));
    requirePlain(where);
    if (u32(bytes, directory + ZipRecord.CEN_LOC_OFFSET) != nextHeader) {
      throw broken(RuleId.P004_LAYOUT, where, "does not follow the entry before it");
    }
    int dataAt = requireLocalHeader(where, nameAt, nameLength);
    byte[] content = content(where, dataAt);
    nextHeader = dataAt + content.length;
    directory = nameAt + nameLength;
    return new Entry(name, content);
  }

  /// Version, no flags, stored, fixed date, no extra field, comment, disk number or attributes.
  private void requirePlain(Location where) throws RuleBroken {
    int at = directory;
    long attributes = u32(bytes, at + 36) | u32(bytes, at + 38);
    boolean plain =
        u16(bytes, at + ZipRecord.CEN_MADE_BY) == ZipRecord.VERSION
            && u16(bytes, at + ZipRecord.CEN_COMMON) == ZipRecord.VERSION
            && u16(bytes, at + 8) == 0
            && u16(bytes, at + 10) == 0
            && u16(bytes, at + 12) == 0
            && u16(bytes, at + 14) == ZipRecord.DOS_DATE
            && u32(bytes, at + ZipRecord.CEN_EXTRA_LENGTH) == 0
            && u16(bytes, at + 34) == 0
            && attributes == 0;
    if (!plain) {
      throw broken(
          RuleId.P005_FORBIDDEN_FEATURE,
          where,
          "flags, method, date, extra field, comment or attributes are not the plain ones");
    }
  }

  private int requireLocalHeader(Location where, int nameAt, int nameLength) throws RuleBroken {
    int dataAt = nextHeader + ZipRecord.LOC_BYTES + nameLength;
    if (dataAt > directoryStart || u32(bytes, nextHeader) != ZipRecord.LOC_MAGIC) {
      throw broken(RuleId.P004_LAYOUT, where, "no local header at " + nextHeader);
    }
    int common = nextHeader + ZipRecord.LOC_COMMON;
    int cen = directory + ZipRecord.CEN_COMMON;
    int name = nextHeader + ZipRecord.LOC_BYTES;
    if (!same(common, cen, ZipRecord.COMMON_BYTES) || !same(name, nameAt, nameLength)) {
      throw broken(RuleId.P003_HEADER_MISMATCH, where, "the two headers differ");
    }
    return dataAt;
  }

  private boolean same(int a, int b, int length) {
    return Arrays.equals(bytes, a, a + length, bytes, b, b + length);
  }

  private byte[] content(Location where, int dataAt) throws RuleBroken {
    long size = u32(bytes, directory + ZipRecord.CEN_SIZE);
    if (size != u32(bytes, directory + ZipRecord.CEN_STORED_SIZE)) {
      throw broken(RuleId.P005_FORBIDDEN_FEATURE, where, "stored and real size differ");
    }
    if (size > PackageFormat.MAX_ENTRY_BYTES) {
      throw broken(
          RuleId.P002_TOO_LARGE, where, size + " > " + PackageFormat.MAX_ENTRY_BYTES + " bytes");
    }
    if (size > directoryStart - dataAt) {
      throw broken(RuleId.P004_LAYOUT, where, "overlaps the directory");
    }
    byte[] content = Arrays.copyOfRange(bytes, dataAt, dataAt + (int) size);
    CRC32 crc = new CRC32();
    crc.update(content);
    if (crc.getValue() != u32(bytes, directory + ZipRecord.CEN_CRC)) {
      throw broken(RuleId.P010_CHECKSUM, where, "CRC-32 is " + Long.toHexString(crc.getValue()));
    }
    return content;
  }

  private static RuleBroken broken(RuleId rule, Location where, String detail) {
    return new RuleBroken(rule, where, detail, REPACK);
  }
}
