// SPDX-License-Identifier: MIT
package dev.npa.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.cli.ExitCode;
import dev.npa.cli.VerbRun;
import dev.npa.verifier.RuleId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ExplainVerbTest {
  @Test
  void printsThePageOfARule() {
    VerbRun run = VerbRun.of(new ExplainVerb(), "NPA-B024");

    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run.out()).startsWith("# NPA-B024: a lock is taken").contains("synchronized");
  }

  @Test
  void takesTheIdAsPeopleTypeIt() {
    assertThat(VerbRun.of(new ExplainVerb(), "b024").out()).startsWith("# NPA-B024");
  }

  @Test
  void listsAllRulesWithoutAnId() {
    assertThat(VerbRun.of(new ExplainVerb()).out().lines()).hasSize(RuleId.values().length);
  }

  @Test
  void givesEveryPageToPrograms() throws IOException {
    Map<?, ?> all = VerbRun.of(new ExplainVerb(), "--output", "json").json();

    assertThat((List<?>) all.get("rules"))
        .hasSize(RuleId.values().length)
        .allSatisfy(
            rule -> assertThat(((Map<?, ?>) rule).get("page").toString()).startsWith("# NPA-"));
  }

  @Test
  void suggestsTheNearestRules() {
    VerbRun run = VerbRun.of(new ExplainVerb(), "NPA-B24");

    run.assertUsage("explain", "NPA-B24");
    assertThat(run.err()).contains("NPA-B024");
  }
}
