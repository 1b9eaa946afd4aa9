// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.Location;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParserComparisonTest {
  private static final Location PLACE = new Location.Member("acme/P", "", "");

  @Test
  void refusesAClassThatReadsDifferently() {
    Refusals out = new Refusals();

    assertThat(ParserComparison.agree(PLACE, List.of("a", "15 0"), List.of("a", "15 1"), out))
        .isFalse();
    assertThat(out.toList())
        .extracting(Refusal::rule)
        .containsExactly(RuleId.B004_PARSERS_DISAGREE);
  }

  @Test
  void refusesAClassOfWhichOneParserReadMore() {
    Refusals out = new Refusals();

    assertThat(ParserComparison.agree(PLACE, List.of("a"), List.of("a", "b1"), out)).isFalse();
    assertThat(out.toList()).hasSize(1);
  }

  @Test
  void acceptsAClassThatReadsTheSame() {
    Refusals out = new Refusals();

    assertThat(ParserComparison.agree(PLACE, List.of("a"), List.of("a"), out)).isTrue();
    assertThat(out.isEmpty()).isTrue();
  }
}
