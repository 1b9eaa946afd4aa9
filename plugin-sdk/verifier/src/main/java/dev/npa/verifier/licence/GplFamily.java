// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The licences under which a plugin may run beside a GPL driver, and the versions of the GPL that
/// each lets its recipient choose from.
enum GplFamily {
  GPL_2_0_ONLY("GPL-2.0-only", Set.of(2)),
  GPL_2_0_OR_LATER("GPL-2.0-or-later", Set.of(2, 3)),
  GPL_3_0_ONLY("GPL-3.0-only", Set.of(3)),
  GPL_3_0_OR_LATER("GPL-3.0-or-later", Set.of(3));

  private final String id;

  @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
  private final Set<Integer> versions;

  GplFamily(String id, Set<Integer> versions) {
    this.id = id;
    this.versions = versions;
  }

  String id() {
    return id;
  }

  /// The versions of the GPL that all of a branch allows; none if a part of it is not the GPL. An
  /// exception only adds permissions, so a licence with one counts as the licence.
  static Set<Integer> commonVersions(Set<SpdxExpression.Licence> branch) {
    Set<Integer> common = new TreeSet<>(List.of(2, 3));
    for (SpdxExpression.Licence licence : branch) {
      Optional<GplFamily> member = of(licence.id());
      if (member.isEmpty()) {
        return Set.of();
      }
      common.retainAll(member.get().versions);
    }
    return common;
  }

  static Optional<GplFamily> of(String id) {
    return Arrays.stream(values()).filter(member -> member.id.equals(id)).findFirst();
  }
}
