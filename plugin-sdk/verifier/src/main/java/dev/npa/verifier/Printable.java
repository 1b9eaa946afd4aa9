// SPDX-License-Identifier: MIT
package dev.npa.verifier;

/// Text from a package, made fit for a log line: it comes from whoever attacks.
public final class Printable {

  private Printable() {}

  /// The text with all but printable ASCII escaped in hexadecimal.
  public static String text(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c <= '~') {
        out.append(c);
      } else {
        out.append(String.format("\\u%04x", (int) c));
      }
    }
    return out.toString();
  }
}
