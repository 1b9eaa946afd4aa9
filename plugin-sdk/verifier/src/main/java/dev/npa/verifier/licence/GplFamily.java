// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The licences under which a plugin may run beside a GPL driver, and the versions of the GPL that
/// each lets its recipient choose from.
public enum GplFamily {
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

  public String id() {
    return id;
  }

  /// The first branch that is GPL throughout, under one version that all of it allows.
  ///
  /// A licence `WITH` an exception does not count yet: the gate knows no exception's text.
  public static Optional<Set<GplFamily>> firstBranchOf(SpdxExpression expression) {
    for (Set<SpdxExpression.Licence> branch : expression.branches()) {
      Set<GplFamily> family = EnumSet.noneOf(GplFamily.class);
      Set<Integer> common = new HashSet<>(List.of(2, 3));
      boolean allGpl = true;
      for (SpdxExpression.Licence licence : branch) {
        Optional<GplFamily> member = member(licence);
        allGpl &= member.isPresent();
        member.ifPresent(
            m -> {
              family.add(m);
              common.retainAll(m.versions);
            });
      }
      if (allGpl && !common.isEmpty()) {
        return Optional.of(family);
      }
    }
    return Optional.empty();
  }

  private static Optional<GplFamily> member(SpdxExpression.Licence licence) {
    for (GplFamily member : values()) {
      if (member.id.equals(licence.id()) && licence.exception().isEmpty()) {
        return Optional.of(member);
      }
    }
    return Optional.empty();
  }
}
