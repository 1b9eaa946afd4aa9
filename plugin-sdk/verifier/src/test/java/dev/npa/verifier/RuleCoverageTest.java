// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.bytecode.BytecodeFixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// One rule, at least one fixture that it refuses and one that it lets pass: holds for every id, or
/// the build fails. That each fixture is refused or accepted is for [RefusedPackagesTest],
/// [AcceptedNeighboursTest] and the bytecode gate's `RuleFixturesTest` to show.
class RuleCoverageTest {

  /// The one rule that no gate of this module asks: it takes a compiler. Its fixtures are methods
  /// of a test beside the verb that asks it.
  private static final RuleId ELSEWHERE = RuleId.L009_SOURCE_DIFFERS;

  private static final String ELSEWHERE_TEST =
      "tools/cli/src/test/java/dev/npa/cli/source/SourceVerbsTest.java";
  private static final List<String> ELSEWHERE_FIXTURES =
      List.of(
          "refusesSourceThatDoesNotCompile",
          "namesTheClassThatTheSourceGivesDifferently",
          "refusesAnArchiveThatWasNotPromised",
          "rebuildsThePayloadFromTheSourceInThePackage",
          "rebuildsFromTheArchiveThatWasPromised");

  private record Count(int refused, int accepted) {
    static Count none() {
      return new Count(0, 0);
    }

    Count oneRefused() {
      return new Count(refused + 1, accepted);
    }

    Count oneAccepted() {
      return new Count(refused, accepted + 1);
    }
  }

  private static Map<RuleId, Count> counts() {
    Map<RuleId, Count> counts = new EnumMap<>(RuleId.class);
    for (RuleId rule : RuleId.values()) {
      counts.put(rule, Count.none());
    }
    Consumer<RuleId> refused = rule -> counts.computeIfPresent(rule, (r, c) -> c.oneRefused());
    Consumer<RuleId> accepted = rule -> counts.computeIfPresent(rule, (r, c) -> c.oneAccepted());
    PackageFixtures.attacks().stream().map(Attack::rule).forEach(refused);
    PackageFixtures.neighbours().stream().map(Neighbour::rule).forEach(accepted);
    BytecodeFixtures.rules().forEach(refused.andThen(accepted));
    return counts;
  }

  @Test
  void everyRuleHasARefusedAndAnAcceptedFixture() {
    Map<RuleId, Count> counts = counts();

    assertThat(RuleId.values())
        .filteredOn(rule -> rule != ELSEWHERE)
        .allSatisfy(
            rule -> {
              assertThat(counts.get(rule).refused()).as("refused by " + rule).isPositive();
              assertThat(counts.get(rule).accepted()).as("accepted beside " + rule).isPositive();
            });
    printed(counts).forEach(System.out::println);
  }

  private static List<String> printed(Map<RuleId, Count> counts) {
    List<String> lines = new ArrayList<>(List.of("series | rules | refused | accepted"));
    for (char series : new char[] {'S', 'T', 'P', 'L', 'B'}) {
      List<Count> own =
          Stream.of(RuleId.values())
              .filter(rule -> rule.id().startsWith("NPA-" + series))
              .map(counts::get)
              .toList();
      lines.add(
          "NPA-%c  | %5d | %7d | %8d"
              .formatted(
                  series,
                  own.size(),
                  own.stream().mapToInt(Count::refused).sum(),
                  own.stream().mapToInt(Count::accepted).sum()));
    }
    lines.add(
        "(%s has its %d fixtures in %s)"
            .formatted(ELSEWHERE.id(), ELSEWHERE_FIXTURES.size(), ELSEWHERE_TEST));
    return lines;
  }

  @Test
  void theRuleThatTakesACompilerHasItsFixturesBesideItsVerb() throws IOException {
    Path root = Path.of("").toAbsolutePath().getParent().getParent();
    String test = Files.readString(root.resolve(ELSEWHERE_TEST));

    assertThat(test).contains(ELSEWHERE.id());
    assertThat(ELSEWHERE_FIXTURES).allMatch(name -> test.contains("void " + name + "("));
  }

  @Test
  void ruleIdsAreUnique() {
    assertThat(Arrays.stream(RuleId.values()).map(RuleId::id)).doesNotHaveDuplicates();
  }
}
