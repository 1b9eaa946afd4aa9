// SPDX-License-Identifier: MIT
package dev.npa.verifier.archive;

/// Record layouts of the ZIP format, as far as profile NPA-ZIP-1 uses them, little-endian.
///
/// ```
/// LOC   0 magic  4 needed  6 flags  8 method 10 time 12 date 14 crc 18 csize 22 size 26 nlen 28 xlen
/// CEN   0 magic  4 madeBy  6 needed  8 flags 10 method 12 time 14 date 16 crc 20 csize 24 size
///      28 nlen  30 xlen  32 clen  34 disk  36 internal 38 external 42 LOC offset
/// EOCD  0 magic  4 disk   6 CEN disk  8 entries here  10 entries  12 CEN size  16 CEN offset  20 clen
/// ```
///
/// Source: PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
public final class ZipRecord {

  public static final long LOC_MAGIC = 0x04034b50L;
  public static final int LOC_BYTES = 30;
  public static final int LOC_COMMON = 4;
  public static final int LOC_NAME_LENGTH = 26;

  public static final long CEN_MAGIC = 0x02014b50L;
  public static final int CEN_BYTES = 46;
  public static final int CEN_MADE_BY = 4;

  /// From here 26 bytes repeat what the local header says from {@link #LOC_COMMON}.
  public static final int CEN_COMMON = 6;

  public static final int COMMON_BYTES = 26;
  public static final int CEN_CRC = 16;
  public static final int CEN_STORED_SIZE = 20;
  public static final int CEN_SIZE = 24;
  public static final int CEN_NAME_LENGTH = 28;
  public static final int CEN_EXTRA_LENGTH = 30;
  public static final int CEN_LOC_OFFSET = 42;

  public static final long EOCD_MAGIC = 0x06054b50L;
  public static final int EOCD_BYTES = 22;
  public static final int EOCD_DISKS = 4;
  public static final int EOCD_ENTRIES_HERE = 8;
  public static final int EOCD_ENTRIES = 10;
  public static final int EOCD_CEN_SIZE = 12;
  public static final int EOCD_CEN_OFFSET = 16;
  public static final int EOCD_COMMENT_LENGTH = 20;

  /// Version 1.0, made on FAT, which carries no file modes.
  public static final int VERSION = 10;

  /// 1980-02-01 00:00: a date that every time zone can show.
  public static final int DOS_DATE = 1 | 2 << 5;

  private ZipRecord() {}

  public static int u16(byte[] bytes, int at) {
    return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8;
  }

  public static long u32(byte[] bytes, int at) {
    return u16(bytes, at) | (long) u16(bytes, at + 2) << 16;
  }
}
