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
          "Apache-2.0",
          "MPL-2.0",
          "EPL-2.0",
          "CDDL-1.0");

  static final Set<String> EXCEPTIONS =
      Set.of("Linux-syscall-note", "Classpath-exception-2.0", "GCC-exception-3.1");

  private static final Map<String, String> DEPRECATED = deprecated();

  private SpdxIds() {}

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
    return Map.copyOf(map);
  }
}
