// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

/// Reads big-endian numbers from a window of a class file and never past its end.
final class ByteCursor {
  private final byte[] bytes;
  private final int end;
  private int at;

  ByteCursor(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  int position() {
    return at;
  }

  int remaining() {
    return end - at;
  }

  int u1() throws Malformed {
    need(1);
    return bytes[at++] & 0xFF;
  }

  int u2() throws Malformed {
    need(2);
    int value = (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    at += 2;
    return value;
  }

  int s4() throws Malformed {
    return u2() << 16 | u2();
  }

  /// A length; negative ones, that is, above 2 GiB, are refused.
  int length() throws Malformed {
    int value = s4();
    if (value < 0 || value > remaining()) {
      throw Malformed.unreadable("a length of " + (value & 0xFFFFFFFFL) + " bytes at " + at);
    }
    return value;
  }

  /// The next `length` bytes as text, of which only ASCII is told apart.
  String text(int length) throws Malformed {
    need(length);
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      int b = bytes[at + i] & 0xFF;
      if (b == 0 || b >= 0xF0) {
        throw Malformed.unreadable("byte " + b + " in a Utf8 constant");
      }
      text[i] = b < 0x80 ? (char) b : '\uFFFD';
    }
    at += length;
    return new String(text);
  }

  void skip(int count) throws Malformed {
    need(count);
    at += count;
  }

  /// The next `count` bytes as a window of their own; this cursor moves past them.
  ByteCursor window(int count) throws Malformed {
    need(count);
    at += count;
    return new ByteCursor(bytes, at - count, at);
  }

  void expectEnd(String what) throws Malformed {
    if (at != end) {
      throw Malformed.unreadable(end - at + " bytes after the end of " + what);
    }
  }

  private void need(int count) throws Malformed {
    if (count < 0 || count > end - at) {
      throw Malformed.unreadable(
          "the file ends at " + end + ", " + count + " bytes needed at " + at);
    }
  }
}
