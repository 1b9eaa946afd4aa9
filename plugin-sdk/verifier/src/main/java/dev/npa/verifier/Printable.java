// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import java.util.HexFormat;

/// Text from a package, made fit for a log line: it comes from whoever attacks.
public final class Printable {

  /// Longer than any honest name or reason; a Utf8 constant may have 65535 bytes.
  private static final int CHARS = 600;

  private static final String CUT = "...";
  private static final HexFormat HEX = HexFormat.of();

  private Printable() {}

  /// The text with all but printable ASCII escaped in hexadecimal.
  public static String text(String text) {
    return isPlain(text) ? text : escaped(text);
  }

  /// The same, cut where it is longer than any name. The result, given again, stays as it is.
  static String brief(String text) {
    String printable =
        text(text.length() <= CHARS + CUT.length() ? text : text.substring(0, CHARS));
    boolean cut = text.length() > CHARS + CUT.length() || printable.length() > CHARS + CUT.length();
    return cut ? printable.substring(0, CHARS) + CUT : printable;
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isPlain(c)) {
        out.append(c);
      } else {
        out.append("\\u").append(HEX.toHexDigits(c));
      }
    }
    return out.toString();
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
}
