// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RefusedPackagesTest {

  private static final List<Attack> ATTACKS = all();

  private static List<Attack> all() {
    return Stream.of(
            SignatureAttacks.all(),
            DerAttacks.all(),
            SignerAttacks.all(),
            TimestampAttacks.all(),
            TrustAttacks.all(),
            JarSignatureAttacks.all(),
            ArchiveAttacks.all(),
            ManifestAttacks.all(),
            LicenceAttacks.all())
        .flatMap(attacks -> attacks)
        .toList();
  }

  static List<Attack> attacks() {
    return ATTACKS;
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void refusesByItsRuleAtItsPlace(Attack attack) {
    List<Refusal> refusals =
        switch (attack.offer()) {
          case Verdict.Accepted<?> accepted -> throw new AssertionError("accepted");
          case Verdict.Refused<?>(List<Refusal> all) -> all;
        };

    assertThat(refusals).extracting(Refusal::rule).startsWith(attack.rule());
    assertThat(refusals.getFirst().location().toString()).contains(attack.place());
  }

  @Test
  void everyRuleBeforeBytecodeHasAnAttack() {
    Set<RuleId> refused = ATTACKS.stream().map(Attack::rule).collect(Collectors.toSet());

    assertThat(RuleId.values())
        .filteredOn(rule -> !rule.id().startsWith("NPA-B"))
        // Only npa source verify refuses by it; its fixtures are there.
        .filteredOn(rule -> rule != RuleId.L009_SOURCE_DIFFERS)
        .allMatch(refused::contains);
  }

  @Test
  void ruleIdsAreUnique() {
    assertThat(Arrays.stream(RuleId.values()).map(RuleId::id)).doesNotHaveDuplicates();
  }
}
