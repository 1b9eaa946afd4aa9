// SPDX-License-Identifier: MIT
package dev.npa.nic.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteOrder;

/// The bytes of a capture, read once from front to back, with the offset for error messages.
final class CaptureSource implements AutoCloseable {
  private final PushbackInputStream in;
  private final String name;
  private long offset;
  private ByteOrder order = ByteOrder.BIG_ENDIAN;

  CaptureSource(InputStream in, String name) {
    this.in = new PushbackInputStream(in);
    this.name = name;
  }

  /// Sets the byte order of the numbers read from now on.
  void order(ByteOrder order) {
    this.order = order;
  }

  long offset() {
    return offset;
  }

  boolean atEnd() throws IOException {
    int next = in.read();
    if (next < 0) {
      return true;
    }
    in.unread(next);
    return false;
  }

  int u16(String what) throws IOException {
    return order == ByteOrder.BIG_ENDIAN ? u8(what) << 8 | u8(what) : u8(what) | u8(what) << 8;
  }

  /// Reads 32 bits; unsigned values need [Integer#toUnsignedLong].
  int u32(String what) throws IOException {
    return order == ByteOrder.BIG_ENDIAN
        ? u16(what) << 16 | u16(what)
        : u16(what) | u16(what) << 16;
  }

  long u64(String what) throws IOException {
    long first = Integer.toUnsignedLong(u32(what));
    long second = Integer.toUnsignedLong(u32(what));
    return order == ByteOrder.BIG_ENDIAN ? first << 32 | second : first | second << 32;
  }

  int u8(String what) throws IOException {
    int value = in.read();
    if (value < 0) {
      throw cutOff(what, 1, 0);
    }
    offset++;
    return value;
  }

  /// @param length already checked against a bound by the caller
  byte[] bytes(int length, String what) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw cutOff(what, length, bytes.length);
    }
    offset += length;
    return bytes;
  }

  void skip(long length, String what) throws IOException {
    try {
      in.skipNBytes(length);
    } catch (EOFException e) {
      IOException cutOff = malformed(offset, "file ends in " + what + " of " + length + " bytes");
      cutOff.initCause(e);
      throw cutOff;
    }
    offset += length;
  }

  /// The error for a value that the file must not have at an offset.
  IOException malformed(long at, String detail) {
    return new IOException(name + ": offset " + at + ": " + detail);
  }

  private IOException cutOff(String what, int wanted, int found) {
    return malformed(
        offset, "file ends in " + what + ": " + found + " bytes where " + wanted + " were due");
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
