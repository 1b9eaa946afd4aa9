// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The manual's page of one rule: why it is there, what it refuses, what it accepts. One Markdown
/// resource per [RuleId], named like it.
///
/// ```
/// # NPA-B024: a lock is taken
///
/// One thread at a time calls ...          why; the first sentence is the reason in short
///
/// ## Refused
/// ## Accepted                             a fence each: `java` is compiled and judged by a test
/// ```
///
/// A `java` fence holds members of an entry class `P` in package `acme`, or, if it begins with
/// `package`, a whole class beside it.
///
/// @param markdown the page as it is shown
public record RulePage(RuleId rule, String markdown) {
  private static final String REFUSED = "\n## Refused\n";
  private static final String ACCEPTED = "\n## Accepted\n";

  /// One fenced block.
  ///
  /// @param language `java` or `text`
  public record Example(String language, String code) {}

  /// Reads the page that came with this program.
  public static RulePage of(RuleId rule) {
    return find(rule).orElseThrow(() -> new IllegalStateException("no page for " + rule.id()));
  }

  /// The page, or nothing if nobody wrote it: a test refuses that.
  static Optional<RulePage> find(RuleId rule) {
    try (InputStream page = RulePage.class.getResourceAsStream("explain/" + rule.id() + ".md")) {
      return page == null
          ? Optional.empty()
          : Optional.of(
              new RulePage(rule, new String(page.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Why the rule is there, in one sentence.
  public String reason() {
    String paragraph =
        markdown
            .lines()
            .skip(2)
            .takeWhile(line -> !line.isEmpty())
            .collect(Collectors.joining(" "));
    int end = paragraph.indexOf(". ");
    return end < 0 ? paragraph : paragraph.substring(0, end + 1);
  }

  public Example refused() {
    return example(section(REFUSED));
  }

  public Example accepted() {
    return example(section(ACCEPTED));
  }

  private String section(String heading) {
    int start = markdown.indexOf(heading);
    if (start < 0) {
      throw new IllegalStateException("no section" + heading.strip() + " for " + rule.id());
    }
    int end = markdown.indexOf("\n## ", start + heading.length());
    return markdown.substring(start + heading.length(), end < 0 ? markdown.length() : end);
  }

  private static Example example(String section) {
    String language = "";
    List<String> code = new ArrayList<>();
    boolean inside = false;
    for (String line : section.lines().toList()) {
      if (line.startsWith("```")) {
        language = inside ? language : line.substring(3);
        inside = !inside;
      } else if (inside) {
        code.add(line);
      }
    }
    return new Example(language, String.join("\n", code));
  }
}
