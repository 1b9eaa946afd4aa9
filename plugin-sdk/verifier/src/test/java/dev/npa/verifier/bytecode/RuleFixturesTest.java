// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.Refusal;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RuleFixturesTest {
  static List<Fixture> fixtures() {
    return BytecodeFixtures.all();
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
}
