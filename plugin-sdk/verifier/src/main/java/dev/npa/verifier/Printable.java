// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import java.util.HexFormat;

/// Text from a package, made fit for a log line: it comes from whoever attacks.
final class Printable {

  /// Longer than any honest name or reason; a Utf8 constant may have 65535 bytes.
  private static final int CHARS = 600;

  private static final String CUT = "...";
  private static final HexFormat HEX = HexFormat.of();

  private Printable() {}

  /// The text with all but printable ASCII escaped in hexadecimal, and cut where it is too long.
  /// The result, given again, stays as it is.
  static String text(String text) {
    return text.length() <= CHARS && isPlain(text) ? text : escaped(text);
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isPlain(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c <= '~';
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), CHARS) + CUT.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isPlain(c)) {
        out.append(c);
      } else {
        out.append("\\u").append(HEX.toHexDigits(c));
      }
      if (out.length() > CHARS + CUT.length()) {
        out.setLength(CHARS);
        return out.append(CUT).toString();
      }
    }
    return out.toString();
  }
}
