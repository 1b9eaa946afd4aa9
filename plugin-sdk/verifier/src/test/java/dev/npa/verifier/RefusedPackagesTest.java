// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RefusedPackagesTest {

  static List<Attack> attacks() {
    return PackageFixtures.attacks();
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
}
