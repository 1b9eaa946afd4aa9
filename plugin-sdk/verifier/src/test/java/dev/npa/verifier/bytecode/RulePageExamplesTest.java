// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.RulePage;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The code that the manual shows is compiled and judged: what it calls refused is refused by that
/// very rule, what it calls accepted is accepted.
class RulePageExamplesTest {
  static Stream<RuleId> withCode() {
    return Arrays.stream(RuleId.values())
        .filter(rule -> RulePage.of(rule).refused().language().equals("java"));
  }

  @ParameterizedTest
  @MethodSource("withCode")
  void refusesTheBadExampleByItsRule(RuleId rule) {
    assertThat(Fixture.judge(compile(RulePage.of(rule).refused())))
        .extracting(Refusal::rule)
        .contains(rule);
  }

  @ParameterizedTest
  @MethodSource("withCode")
  void acceptsTheGoodExample(RuleId rule) {
    assertThat(Fixture.judge(compile(RulePage.of(rule).accepted())))
        .extracting(Refusal::toString)
        .isEmpty();
  }

  @Test
  void mostBytecodeRulesAreShownInJava() {
    assertThat(withCode())
        .hasSizeGreaterThanOrEqualTo(30)
        .allMatch(rule -> rule.id().startsWith("NPA-B"));
  }

  private static SortedMap<String, byte[]> compile(RulePage.Example example) {
    return example.code().startsWith("package ")
        ? WorldFixtures.withHelper(example.code())
        : PluginSource.plugin().members(example.code()).compile();
  }
}
