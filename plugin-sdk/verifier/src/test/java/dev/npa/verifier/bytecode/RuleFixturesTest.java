// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RuleFixturesTest {
  static List<Fixture> fixtures() {
    return Stream.of(
            ReadFixtures.all(),
            WorldFixtures.all(),
            ShapeFixtures.all(),
            CodeFixtures.all(),
            FlowFixtures.all(),
            LinkFixtures.all(),
            AttackFixtures.all(),
            OutputFixtures.all())
        .flatMap(List::stream)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void refusesByTheRuleAndNamesThePlace(Fixture fixture) {
    assertThat(fixture.refused().get())
        .anySatisfy(
            refusal -> {
              assertThat(refusal.rule()).isEqualTo(fixture.rule());
              assertThat(refusal.location().toString()).contains(fixture.place());
            });
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void acceptsTheNeighbour(Fixture fixture) {
    assertThat(fixture.accepted().get()).extracting(Refusal::toString).isEmpty();
  }

  @Test
  void everyBytecodeRuleHasARefusedAndAnAcceptedFixture() {
    Set<RuleId> covered = EnumSet.noneOf(RuleId.class);
    fixtures().forEach(fixture -> covered.add(fixture.rule()));

    assertThat(covered)
        .containsAll(
            Arrays.stream(RuleId.values()).filter(rule -> rule.id().startsWith("NPA-B")).toList());
  }
}
