// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A short licence: fixed words, headed by copyright lines, with places for the name of somebody.
///
/// What stands in those places comes from the vendor. So a notice is one short line that begins
/// with `Copyright`, a name is short, and neither may hold a word by which a licence is restricted.
final class TextTemplate {

  private static final int MAX_BYTES = 16 << 10;
  private static final int MAX_NOTICES = 64;
  private static final String WHO = "{who}";

  /// A name that is not a sentence: no `;`, `:`, `!` or quotation marks but round a short name.
  private static final String NAME = "[\\p{L}\\p{M}0-9 ,.'&()<>@/\"-]{1,80}?";

  private static final Pattern NOTICE =
      Pattern.compile("Copyright( \\([cC]\\)| \u00a9)?( [\\p{L}\\p{M}0-9 ,.'&()<>@/\"-]{1,100})");

  /// Words of conditions, not of names. A name with one of them needs another spelling.
  private static final Pattern CONDITION =
      Pattern.compile(
          "(?iu)\\b(not|only|must|shall|should|except|unless|without|provided|prohibit\\p{L}*"
              + "|forbid\\p{L}*|restrict\\p{L}*|permission|permitted|licen[cs]e\\p{L}*|subject"
              + "|commercial|internal|evaluation|agree\\p{L}*|consent|terms|conditions?|use[ds]?)\\b");

  private static final Pattern TITLE =
      Pattern.compile(
          "(?i)(the )?(MIT|ISC|zlib|BSD [23]-Clause|[23]-Clause BSD|Boost Software)( Software)?"
              + " License( - Version 1\\.0 - August 17th, 2003)?( \\([A-Za-z0-9 -]{1,30}\\))?:?");

  private final String words;
  private final Pattern pattern;

  private TextTemplate(String words) {
    this.words = words;
    this.pattern =
        Pattern.compile(
            Arrays.stream(normalised(words).split(Pattern.quote(WHO), -1))
                .map(Pattern::quote)
                .collect(Collectors.joining("(" + NAME + ")")));
  }

  static TextTemplate read(String resource) {
    return new TextTemplate(new String(TableResource.bytes(resource), StandardCharsets.UTF_8));
  }

  /// Runs of white space as one space, none at the edges.
  static String normalised(String text) {
    return text.replaceAll("[ \t\n\f\r]+", " ").strip();
  }

  String fill(List<String> notices) {
    String head = String.join("\n", notices);
    String body =
        words
            .replace(
                "Neither the name of {who} nor the names of {who}",
                "Neither the name of the copyright holder nor the names of its contributors")
            .replace(WHO, "THE COPYRIGHT HOLDERS AND CONTRIBUTORS");
    return head.isEmpty() ? body : head + "\n\n" + body;
  }

  boolean matches(byte[] content) {
    if (content.length > MAX_BYTES) {
      return false;
    }
    List<String> lines = new String(content, StandardCharsets.UTF_8).lines().toList();
    int body = 0;
    int notices = 0;
    while (body < lines.size()) {
      String line = normalised(lines.get(body));
      boolean notice = isNotice(line);
      notices += notice ? 1 : 0;
      if (!notice && !line.isEmpty() && !isHeading(line)) {
        break;
      }
      body++;
    }
    if (notices > MAX_NOTICES) {
      return false;
    }
    Matcher matcher =
        pattern.matcher(normalised(String.join("\n", lines.subList(body, lines.size()))));
    if (!matcher.matches()) {
      return false;
    }
    for (int i = 1; i <= matcher.groupCount(); i++) {
      if (CONDITION.matcher(matcher.group(i)).find()) {
        return false;
      }
    }
    return true;
  }

  static boolean isNotice(String line) {
    String text = line.replaceFirst("[,.]? All rights reserved\\.?$", "");
    return NOTICE.matcher(text).matches() && !CONDITION.matcher(text).find();
  }

  private static boolean isHeading(String line) {
    return TITLE.matcher(line).matches() || line.equals("All rights reserved.");
  }
}
