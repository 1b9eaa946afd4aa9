// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import java.util.List;
import java.util.stream.Stream;

/// The table of packages that specifies the licence stage: refused and accepted ones for each rule.
public final class LicencePackages {

  private LicencePackages() {}

  public static List<LicenceCase> all() {
    return Stream.of(ExpressionCases.all(), TextCases.all(), BillCases.all(), SourceCases.all())
        .flatMap(List::stream)
        .toList();
  }
}
