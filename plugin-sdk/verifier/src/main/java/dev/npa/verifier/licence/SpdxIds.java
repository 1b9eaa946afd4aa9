// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The licence ids that an expression may use, spelled as the SPDX list 3.28.0 spells them. A short
/// list on purpose: an id that is not here is refused, whatever it means.
final class SpdxIds {

  static final Set<String> LICENCES =
      Set.of(
          "GPL-2.0-only",
          "GPL-2.0-or-later",
          "GPL-3.0-only",
          "GPL-3.0-or-later",
          "LGPL-2.1-only",
          "LGPL-2.1-or-later",
          "LGPL-3.0-only",
          "LGPL-3.0-or-later",
          "AGPL-3.0-only",
          "AGPL-3.0-or-later",
          "MIT",
          "ISC",
          "Zlib",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "BSD-4-Clause",
          "Unlicense",
          "BSL-1.0",
          "UPL-1.0",
          "CC0-1.0",
          "CC-BY-4.0",
          "Apache-2.0",
          "Artistic-2.0",
          "MPL-1.1",
          "MPL-2.0",
          "EPL-1.0",
          "EPL-2.0",
          "EUPL-1.2",
          "CDDL-1.0",
          "CECILL-2.1",
          "OpenSSL",
          "MS-PL",
          "JSON");

  private static final Set<String> GPL =
      Set.of("GPL-2.0-only", "GPL-2.0-or-later", "GPL-3.0-only", "GPL-3.0-or-later");

  /// What each exception may be joined to: the licences that its own text speaks of. Sources: the
  /// texts, and `SPDX-Licenses` of `Linux-syscall-note` in the Linux kernel.
  private static final Map<String, Set<String>> EXCEPTIONS =
      Map.of(
          "Linux-syscall-note",
          Set.of("GPL-2.0-only", "GPL-2.0-or-later", "LGPL-2.1-only", "LGPL-2.1-or-later"),
          "Classpath-exception-2.0",
          GPL,
          "GCC-exception-3.1",
          Set.of("GPL-3.0-only", "GPL-3.0-or-later"),
          "LLVM-exception",
          Set.of("Apache-2.0"));

  private static final Map<String, String> DEPRECATED = deprecated();

  private SpdxIds() {}

  static boolean isException(String id) {
    return EXCEPTIONS.containsKey(id);
  }

  /// Whether a known exception may follow `WITH` after a licence.
  static boolean fits(String exception, String licence) {
    return EXCEPTIONS.getOrDefault(exception, Set.of()).contains(licence);
  }

  /// What to write instead, or an empty text if the id is not deprecated.
  static String replacement(String id) {
    return DEPRECATED.getOrDefault(id, "");
  }

  private static Map<String, String> deprecated() {
    Map<String, String> map = new TreeMap<>();
    for (String base : List.of("GPL-2.0", "GPL-3.0", "LGPL-2.1", "LGPL-3.0", "AGPL-3.0")) {
      map.put(base, base + "-only");
      map.put(base + "+", base + "-or-later");
    }
    map.put("GPL-2.0-with-classpath-exception", "GPL-2.0-only WITH Classpath-exception-2.0");
    map.put("GPL-3.0-with-GCC-exception", "GPL-3.0-only WITH GCC-exception-3.1");
    map.put("BSD-2-Clause-FreeBSD", "BSD-2-Clause");
    return Map.copyOf(map);
  }
}
