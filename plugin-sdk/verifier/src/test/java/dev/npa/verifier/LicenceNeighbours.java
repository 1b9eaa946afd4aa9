// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import dev.npa.verifier.licence.LicenceCase;
import dev.npa.verifier.licence.LicencePackages;
import dev.npa.verifier.licence.LicencePolicy;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which accepted package of the licence table stands nearest to which rule.
final class LicenceNeighbours {

  private static final Map<String, LicenceCase> ACCEPTED =
      LicencePackages.all().stream()
          .filter(row -> row.policy() == LicencePolicy.GPL && row.rules().isEmpty())
          .collect(Collectors.toMap(row -> row.group() + ": " + row.name(), row -> row));

  private LicenceNeighbours() {}

  static Stream<Neighbour> all() {
    return Stream.of(
        of(RuleId.L001_LICENCE_MISSING, "expression: GPL-2.0-only"),
        of(RuleId.L002_BAD_EXPRESSION, "expression: (GPL-2.0-only OR MIT) AND GPL-2.0-or-later"),
        of(RuleId.L003_NOT_GPL, "expression: MIT OR GPL-3.0-only"),
        of(RuleId.L004_TEXT_MISSING, "expression: GPL-2.0-only WITH Linux-syscall-note"),
        of(RuleId.L005_TEXT_DIFFERS, "text: other line breaks"),
        of(RuleId.L006_UNLICENSED_CLASS, "shaded: the vendor's own class of such a name, said so"),
        of(RuleId.L007_INCOMPATIBLE_PART, "part: MPL-2.0 in GPL-2.0-only"),
        of(RuleId.L008_NO_SOURCE, "source: offered for three years to the day"),
        of(RuleId.L010_DEPRECATED_ID, "expression: GPL-2.0-or-later"),
        of(RuleId.L011_FOREIGN_REFERENCE, "shaded: a class that calls another of the plugin"),
        of(RuleId.L012_OPAQUE_CONTENT, "opaque: a table of 256 numbers is readable"),
        of(RuleId.L013_STRAY_TEXT, "text: of a part"),
        of(RuleId.L014_SOURCE_HEADER, "header: header in a block comment"),
        of(RuleId.L015_BILL_UNREADABLE, "bill: of other hand, true"),
        of(RuleId.L016_BILL_CONTRADICTS, "text: of a part, with its title"),
        of(RuleId.L017_SOURCE_INCOMPLETE, "source: two classes in one file, and one nested"));
  }

  private static Neighbour of(RuleId rule, String row) {
    LicenceCase found = ACCEPTED.get(row);
    if (found == null) {
      throw new IllegalArgumentException("no accepted package " + row);
    }
    return Neighbour.of(rule, row, found.bytes());
  }
}
