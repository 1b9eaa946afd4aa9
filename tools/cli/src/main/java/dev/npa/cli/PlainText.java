// SPDX-License-Identifier: MIT
package dev.npa.cli;

/// Names that the user gave, as a terminal may show them.
public final class PlainText {
  private PlainText() {}

  /// The text with control characters escaped but for line feeds: a file name may hold what a
  /// terminal would obey.
  public static String of(String text) {
    StringBuilder plain = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c) && c != '\n') {
                plain.append("\\u%04x".formatted(c));
              } else {
                plain.appendCodePoint(c);
              }
            });
    return plain.toString();
  }
}
