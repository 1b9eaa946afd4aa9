// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence.source;

import dev.npa.verifier.Location;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.licence.SpdxExpression;
import dev.npa.verifier.licence.SpdxParser;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The line by which a source file says its licence: `SPDX-License-Identifier: ` and an expression,
/// in a comment within the first lines, once. What REUSE and the Linux kernel ask for.
public final class SourceHeader {

  private static final String TAG = "SPDX-License-Identifier:";

  /// A script begins with its interpreter, XML with its declaration.
  private static final int WITHIN_LINES = 5;

  private static final Set<String> EXTENSIONS =
      Set.of(
          "java",
          "kt",
          "groovy",
          "gradle",
          "kts",
          "xml",
          "properties",
          "sh",
          "py",
          "yaml",
          "yml",
          "mk",
          "c",
          "h",
          "tsv");

  private static final Set<String> NAMES = Set.of("Makefile", "Dockerfile");

  private SourceHeader() {}

  /// Whether a file is of a kind that has comments, and so must have the line.
  public static boolean isNeededIn(String fileName) {
    return NAMES.contains(fileName) || EXTENSIONS.contains(extension(fileName));
  }

  /// The licence that a file says it is under.
  ///
  /// @param where what a refusal points to
  public static Verdict<SpdxExpression> read(String text, Location where) {
    List<String> tagged =
        text.lines().limit(WITHIN_LINES).filter(line -> line.contains(TAG)).toList();
    if (tagged.size() != 1) {
      return Verdict.refused(
          refusal(
              where,
              tagged.isEmpty()
                  ? "no " + TAG + " in its first " + WITHIN_LINES + " lines"
                  : "more than one " + TAG));
    }
    String value = tagged.getFirst().substring(tagged.getFirst().indexOf(TAG) + TAG.length());
    String expression = value.replaceFirst("\\s*(\\*/|-->)\\s*$", "").strip();
    return switch (SpdxParser.parse(expression, where)) {
      case Verdict.Accepted<SpdxExpression> accepted -> accepted;
      case Verdict.Refused<SpdxExpression>(List<Refusal> bad) ->
          Verdict.refused(refusal(where, bad.getFirst().detail()));
    };
  }

  private static Refusal refusal(Location where, String detail) {
    return new Refusal(
        RuleId.L014_SOURCE_HEADER,
        where,
        detail,
        "begin the file with a comment // " + TAG + " and the licence");
  }

  static String extension(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot < 0 ? "" : fileName.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
