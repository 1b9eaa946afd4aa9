// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Finds in a text what is no text: Base64 and its like, and long tables of numbers. One pass over
/// the bytes, because the gate reads every source file with it.
final class EncodedText {

  /// No word of a language is as long.
  private static final int MAX_TOKEN = 200;

  private static final int ENCODED_TOKEN = 56;
  private static final int MAX_ENCODED_LINES = 8;
  private static final int MAX_NUMBER_BYTES = 16 << 10;

  private static final int TOKEN = 1;
  private static final int AROUND_TOKEN = 2;
  private static final int NUMBER = 4;
  private static final int DIGIT = 8;
  private static final int BLANK = 16;

  private static final byte[] KIND = kinds();

  private int encodedLines;
  private int numberBytes;

  /// Over the line being read: kinds that all of its bytes are of, kinds that any is of.
  private int all = -1;

  private int any;
  private int length;
  private int token;
  private int longestToken;

  private EncodedText() {}

  private static byte[] kinds() {
    byte[] kinds = new byte[256];
    add(kinds, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=_-", TOKEN);
    add(kinds, "\"'+;,* \t\r\f", AROUND_TOKEN);
    add(kinds, "0123456789abcdefABCDEFxXlL{}(),;- \t\r\f", NUMBER);
    add(kinds, "0123456789", DIGIT);
    add(kinds, " \t\r\f", BLANK);
    return kinds;
  }

  private static void add(byte[] kinds, String characters, int kind) {
    for (byte b : characters.getBytes(StandardCharsets.US_ASCII)) {
      kinds[b] |= (byte) kind;
    }
  }

  /// What the text holds that nobody can read, if so.
  static Optional<String> find(byte[] text) {
    EncodedText scan = new EncodedText();
    for (byte b : text) {
      if (b == '\n') {
        scan.endLine();
      } else {
        scan.add(KIND[b & 0xff]);
      }
      if (scan.token >= MAX_TOKEN) {
        return Optional.of("holds an encoded block on one line");
      }
      if (scan.encodedLines > MAX_ENCODED_LINES) {
        return Optional.of("holds an encoded block of many lines");
      }
      if (scan.numberBytes > MAX_NUMBER_BYTES) {
        return Optional.of("holds a table of more than " + MAX_NUMBER_BYTES + " bytes of numbers");
      }
    }
    return Optional.empty();
  }

  private void add(int kind) {
    length++;
    any |= kind;
    token = (kind & TOKEN) == 0 ? 0 : token + 1;
    longestToken = Math.max(longestToken, token);
    // What is part of a token counts as around it: only the rest decides.
    all &= (kind & TOKEN) == 0 ? kind : kind | AROUND_TOKEN;
  }

  private void endLine() {
    boolean blank = length == 0 || (all & BLANK) != 0;
    boolean encoded = longestToken >= ENCODED_TOKEN && (all & AROUND_TOKEN) != 0;
    encodedLines = encoded ? encodedLines + 1 : 0;
    if (!blank) {
      boolean numbers = (all & NUMBER) != 0 && (any & DIGIT) != 0;
      numberBytes = numbers ? numberBytes + length : 0;
    }
    all = -1;
    any = 0;
    length = 0;
    token = 0;
    longestToken = 0;
  }
}
