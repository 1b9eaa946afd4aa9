// SPDX-License-Identifier: MIT
package dev.npa.cli.refusals;

import java.util.ArrayList;
import java.util.List;

/// Text in lines of a width, broken at blanks; a word that is longer gets a line of its own.
final class Wrapped {
  private Wrapped() {}

  /// At least one line.
  static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (line.length() > 0 && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() > 0 ? " " : "").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
