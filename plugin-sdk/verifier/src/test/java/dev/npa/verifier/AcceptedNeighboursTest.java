// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each rule lets pass what is just good.
class AcceptedNeighboursTest {

  static List<Neighbour> neighbours() {
    return PackageFixtures.neighbours();
  }

  @ParameterizedTest
  @MethodSource("neighbours")
  void acceptsWhatIsJustGood(Neighbour neighbour) {
    List<Refusal> refusals =
        switch (neighbour.offer().offer()) {
          case Verdict.Accepted<?> accepted -> List.of();
          case Verdict.Refused<?>(List<Refusal> all) -> all;
        };

    assertThat(refusals).extracting(Refusal::toString).isEmpty();
  }
}
