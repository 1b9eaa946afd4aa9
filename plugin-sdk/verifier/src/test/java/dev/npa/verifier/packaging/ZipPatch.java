// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Edits the raw records of an unsigned archive. Offsets are those of PKWARE APPNOTE, section 4.3.
public final class ZipPatch {

  private byte[] bytes;
  private final List<Integer> directory = new ArrayList<>();

  public ZipPatch(byte[] archive) {
    bytes = archive.clone();
    int at = view().getInt(eocd() + 16);
    while (at < eocd()) {
      directory.add(at);
      at += 46 + view().getShort(at + 28) + view().getShort(at + 30) + view().getShort(at + 32);
    }
  }

  public int eocd() {
    return bytes.length - 22;
  }

  /// Offset of a central-directory record.
  public int cen(int entry) {
    return directory.get(entry);
  }

  /// Offset of a local header.
  public int loc(int entry) {
    return view().getInt(cen(entry) + 42);
  }

  public ZipPatch put16(int at, int value) {
    view().putShort(at, (short) value);
    return this;
  }

  public ZipPatch put32(int at, int value) {
    view().putInt(at, value);
    return this;
  }

  /// One 16-bit field in both headers of an entry, at its offset in the local one.
  public ZipPatch both16(int entry, int locOffset, int value) {
    return put16(loc(entry) + locOffset, value).put16(cen(entry) + locOffset + 2, value);
  }

  /// One 32-bit field in both headers of an entry, at its offset in the local one.
  public ZipPatch both32(int entry, int locOffset, int value) {
    return put32(loc(entry) + locOffset, value).put32(cen(entry) + locOffset + 2, value);
  }

  /// Inserts bytes and leaves every offset in the archive as it was.
  public ZipPatch insert(int at, byte... more) {
    ByteBuffer grown = ByteBuffer.allocate(bytes.length + more.length);
    bytes = grown.put(bytes, 0, at).put(more).put(bytes, at, bytes.length - at).array();
    return this;
  }

  /// Inserts bytes and corrects every offset that comes after, as a careful attacker would.
  public ZipPatch insertAndRelocate(int at, byte... more) {
    int start = view().getInt(eocd() + 16);
    for (int cen : directory) {
      if (view().getInt(cen + 42) >= at) {
        put32(cen + 42, view().getInt(cen + 42) + more.length);
      }
    }
    if (at <= start) {
      put32(eocd() + 16, start + more.length);
      directory.replaceAll(cen -> cen + more.length);
    } else {
      put32(eocd() + 12, view().getInt(eocd() + 12) + more.length);
    }
    return insert(at, more);
  }

  public byte[] bytes() {
    return Arrays.copyOf(bytes, bytes.length);
  }

  private ByteBuffer view() {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
