// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.LicensedPlugin;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.Verdict;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The table of packages: what each says about its licence, and what the gate says to it.
class LicencePackagesTest {

  private static final List<LicenceCase> CASES = LicencePackages.all();

  static List<LicenceCase> packages() {
    return CASES;
  }

  @ParameterizedTest
  @MethodSource("packages")
  void decidesAsTheTableSays(LicenceCase expected) {
    List<Refusal> refusals = refusals(expected);

    assertThat(refusals)
        .extracting(Refusal::rule)
        .containsOnly(expected.rules().toArray(RuleId[]::new));
    refusals.stream()
        .limit(1)
        .forEach(first -> assertThat(first.location().toString()).contains(expected.place()));
  }

  @Test
  void printsTheTable() {
    StringBuilder table = new StringBuilder("group       | package | policy | verdict\n");
    for (LicenceCase row : CASES) {
      TreeSet<String> ids = new TreeSet<>();
      refusals(row).forEach(refusal -> ids.add(refusal.rule().id()));
      table.append(
          "%-11s | %s | %s | %s%n"
              .formatted(
                  row.group(),
                  row.name(),
                  row.policy(),
                  ids.isEmpty() ? "accepted" : "refused " + String.join(" ", ids)));
    }
    System.out.print(table);

    assertThat(CASES).hasSizeGreaterThanOrEqualTo(40);
    assertThat(CASES).extracting(LicenceCase::toString).doesNotHaveDuplicates();
    assertThat(CASES).anyMatch(row -> row.rules().isEmpty());
  }

  private static List<Refusal> refusals(LicenceCase row) {
    return switch (row.offer()) {
      case Verdict.Accepted<LicensedPlugin> accepted -> List.of();
      case Verdict.Refused<LicensedPlugin>(List<Refusal> refusals) -> refusals;
    };
  }
}
