// SPDX-License-Identifier: MIT
package dev.npa.cli.licence;

import dev.npa.verifier.licence.SpdxExpression;
import dev.npa.verifier.licence.SpdxParser;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What people call a licence, in POMs and in the Linux kernel's `MODULE_LICENSE`, and what that
/// means in SPDX, if it means one thing.
///
/// Sources: `Documentation/process/license-rules.rst` of the kernel for its strings, the SPDX list
/// for deprecated ids.
sealed interface LicenceName {

  record Means(String expression) implements LicenceName {}

  /// @param why what has to be found out first
  record Unclear(String why) implements LicenceName {}

  Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("gpl v2", "GPL-2.0-only"),
          Map.entry("gplv2", "GPL-2.0-only"),
          Map.entry("gpl-2", "GPL-2.0-only"),
          Map.entry("gplv2 only", "GPL-2.0-only"),
          Map.entry("gplv3", "GPL-3.0-only"),
          Map.entry("gpl v3", "GPL-3.0-only"),
          Map.entry("gplv2+", "GPL-2.0-or-later"),
          Map.entry("gplv3+", "GPL-3.0-or-later"),
          Map.entry("gnu general public license v2.0 only", "GPL-2.0-only"),
          Map.entry("gnu general public license v3.0 or later", "GPL-3.0-or-later"),
          Map.entry("dual mit/gpl", "MIT OR GPL-2.0-only"),
          Map.entry("dual mpl/gpl", "MPL-2.0 OR GPL-2.0-only"),
          Map.entry("mit license", "MIT"),
          Map.entry("the mit license", "MIT"),
          Map.entry("the mit license (mit)", "MIT"),
          Map.entry("mit", "MIT"),
          Map.entry("expat", "MIT"),
          Map.entry("bouncy castle licence", "MIT"),
          Map.entry("apache 2", "Apache-2.0"),
          Map.entry("apache 2.0", "Apache-2.0"),
          Map.entry("apache license 2.0", "Apache-2.0"),
          Map.entry("apache license, version 2.0", "Apache-2.0"),
          Map.entry("the apache license, version 2.0", "Apache-2.0"),
          Map.entry("the apache software license, version 2.0", "Apache-2.0"),
          Map.entry("bsd-3", "BSD-3-Clause"),
          Map.entry("3-clause bsd", "BSD-3-Clause"),
          Map.entry("new bsd", "BSD-3-Clause"),
          Map.entry("modified bsd", "BSD-3-Clause"),
          Map.entry("bsd 3-clause", "BSD-3-Clause"),
          Map.entry("simplified bsd", "BSD-2-Clause"),
          Map.entry("bsd 2-clause", "BSD-2-Clause"),
          Map.entry("zlib/libpng", "Zlib"),
          Map.entry("boost software license 1.0", "BSL-1.0"),
          Map.entry("eclipse public license 2.0", "EPL-2.0"),
          Map.entry("eclipse public license v2.0", "EPL-2.0"),
          Map.entry("mozilla public license 2.0", "MPL-2.0"));

  Map<String, String> UNCLEAR =
      Map.of(
          "gpl",
          "ambiguous: \"GPL\" says no version; the kernel reads it as version 2 or later."
              + " If that is meant: GPL-2.0-or-later",
          "gpl and additional rights",
          "ambiguous: the kernel reads version 2 or later, with rights that the name does not say",
          "dual bsd/gpl",
          "ambiguous: which BSD licence? The text tells (npa licence identify)."
              + " Three clauses: BSD-3-Clause OR GPL-2.0-only; two: BSD-2-Clause OR GPL-2.0-only",
          "bsd",
          "ambiguous: BSD-2-Clause, BSD-3-Clause or BSD-4-Clause? The text tells"
              + " (npa licence identify)",
          "lgpl",
          "ambiguous: \"LGPL\" says no version: LGPL-2.1-only, LGPL-2.1-or-later, LGPL-3.0-only"
              + " or LGPL-3.0-or-later?",
          "apache",
          "ambiguous: \"Apache\" says no version; since 2004 it is Apache-2.0",
          "public domain",
          "no licence: say CC0-1.0 or Unlicense if that is what was declared",
          "proprietary",
          "no open source licence: no gate will take it");

  Pattern DEPRECATED = Pattern.compile("(?i)([AL]?GPL)-([23]\\.[01])(\\+?)");

  /// Never fails.
  static LicenceName read(String name) {
    String plain = name.strip().replaceAll("\\s+", " ");
    Optional<SpdxExpression> spdx = SpdxParser.known(plain);
    if (spdx.isPresent()) {
      return new Means(plain);
    }
    Matcher deprecated = DEPRECATED.matcher(plain);
    if (deprecated.matches()) {
      String family = deprecated.group(1).toUpperCase(Locale.ROOT) + "-" + deprecated.group(2);
      return new Means(family + (deprecated.group(3).isEmpty() ? "-only" : "-or-later"));
    }
    String key = plain.toLowerCase(Locale.ROOT);
    if (UNCLEAR.containsKey(key)) {
      return new Unclear(UNCLEAR.get(key));
    }
    String meaning = NAMES.getOrDefault(key, "");
    if (!meaning.isEmpty()) {
      return new Means(meaning);
    }
    // An id that only differs in case.
    List<String> sameButForCase =
        NAMES.values().stream().distinct().filter(plain::equalsIgnoreCase).toList();
    return sameButForCase.isEmpty()
        ? new Unclear("unknown: \"" + plain + "\"; find the text, then npa licence identify")
        : new Means(sameButForCase.getFirst());
  }
}
