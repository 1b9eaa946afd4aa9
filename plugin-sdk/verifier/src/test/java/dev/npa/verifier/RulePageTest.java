// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The manual: whoever adds a rule writes its page, `src/main/resources/.../explain/NPA-X000.md`.
class RulePageTest {
  @ParameterizedTest
  @EnumSource
  void everyRuleHasAPage(RuleId rule) {
    assertThat(RulePage.find(rule)).as("page explain/%s.md", rule.id()).isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void everyPageSaysWhyAndShowsBothSides(RuleId rule) {
    RulePage page = RulePage.of(rule);

    assertThat(page.markdown()).startsWith("# " + rule.id() + ": " + rule.title() + "\n\n");
    assertThat(page.reason()).hasSizeBetween(20, 400).endsWith(".");
    assertThat(page.refused().code()).isNotBlank();
    assertThat(page.accepted().code()).isNotBlank();
    assertThat(List.of("java", "text")).contains(page.refused().language());
    assertThat(page.accepted().language()).isEqualTo(page.refused().language());
  }

  @ParameterizedTest
  @EnumSource
  void everyPageFitsATerminal(RuleId rule) {
    assertThat(RulePage.of(rule).markdown().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100).matches("[ -~]*"));
  }

  @Test
  void idsArePermanentAndUnique() {
    assertThat(Arrays.stream(RuleId.values()).map(RuleId::id)).doesNotHaveDuplicates();
    assertThat(RuleId.values())
        .allSatisfy(rule -> assertThat("NPA-" + rule.name()).startsWith(rule.id() + "_"));
  }
}
