// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import dev.npa.verifier.licence.LicencePackages;
import dev.npa.verifier.licence.LicencePolicy;
import java.util.stream.Stream;

/// Packages that are well-formed and signed, but not licensed as the gate wants it.
final class LicenceAttacks {

  private LicenceAttacks() {}

  /// Those of the licence table that the usual policy refuses.
  static Stream<Attack> all() {
    return LicencePackages.all().stream()
        .filter(row -> row.policy() == LicencePolicy.GPL && !row.rules().isEmpty())
        .map(row -> Attack.of(row.toString(), row.rules().getFirst(), row.place(), row.bytes()));
  }
}
