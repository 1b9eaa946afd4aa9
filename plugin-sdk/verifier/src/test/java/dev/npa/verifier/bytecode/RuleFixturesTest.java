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
  /// No input reaches these: they judge the readers and the rewriter, in tests of their own.
  private static final Set<RuleId> TESTED_ELSEWHERE =
      EnumSet.of(
          RuleId.B004_PARSERS_DISAGREE,
          RuleId.B044_UNMETERED_LOOP,
          RuleId.B045_FUEL_DISCIPLINE,
          RuleId.B046_UNMETERED_ALLOCATION);

  static List<Fixture> fixtures() {
    return Stream.of(
            ReadFixtures.all(),
            WorldFixtures.all(),
            ShapeFixtures.all(),
            CodeFixtures.all(),
            FlowFixtures.all(),
            LinkFixtures.all())
        .flatMap(List::stream)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void refusesByTheRuleAndNamesThePlace(Fixture fixture) {
    assertThat(fixture.refusals())
        .anySatisfy(
            refusal -> {
              assertThat(refusal.rule()).isEqualTo(fixture.rule());
              assertThat(refusal.location().toString()).contains(fixture.place());
            });
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void acceptsTheNeighbour(Fixture fixture) {
    assertThat(Fixture.judge(fixture.accepted().get())).extracting(Refusal::toString).isEmpty();
  }

  @Test
  void everyBytecodeRuleHasARefusedFixture() {
    Set<RuleId> covered = EnumSet.copyOf(TESTED_ELSEWHERE);
    fixtures().forEach(fixture -> covered.add(fixture.rule()));

    assertThat(covered)
        .containsAll(
            Arrays.stream(RuleId.values()).filter(rule -> rule.id().startsWith("NPA-B")).toList());
  }
}
