// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.Refusal;
import dev.npa.verifier.bytecode.flow.PluginFlow;
import dev.npa.verifier.bytecode.read.ClassReading;
import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.Refusals;
import dev.npa.verifier.bytecode.rewrite.Rewriter;
import dev.npa.verifier.bytecode.rewrite.Rewritten;
import dev.npa.verifier.bytecode.rule.Rules;
import dev.npa.verifier.bytecode.rule.Subject;
import dev.npa.verifier.bytecode.value.Budget;
import dev.npa.verifier.bytecode.value.Certificate;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// How much the analysis of values does, counted in values looked at, which no clock changes.
class AnalysisWorkTest {

  static Stream<String> mazes() {
    return Mazes.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("mazes")
  void staysWithinItsBudgetOnEveryMaze(String name) {
    SortedMap<String, byte[]> maze = Mazes.all().get(name).get();
    assertThat(shape(maze)).isEmpty();
    Budget budget = PluginFlow.budget();
    long most = budget.left();

    analysed(maze, budget);

    System.out.println(name + ": " + budget.spent() + " of " + most);
    assertThat(budget.spent()).isBetween(1L, most);
  }

  @Test
  void doesTheSameWorkForTheSamePlugin() {
    SortedMap<String, byte[]> maze = Mazes.all().get("fields in nests").get();
    Budget first = PluginFlow.budget();
    Budget second = PluginFlow.budget();

    analysed(maze, first);
    analysed(maze, second);

    assertThat(second.spent()).isEqualTo(first.spent());
  }

  /// The first attempt, at all methods together, may use half of the budget.
  @Test
  void leavesTheLargestHonestPluginMoreThanItNeeds() {
    for (SortedMap<String, byte[]> honest : List.of(TestPlugins.driver(), GateTimes.plugin())) {
      Budget budget = PluginFlow.budget();
      long most = budget.left();

      analysed(honest, budget);

      System.out.printf(
          "%d classes: %d of %d, %.0f times fewer%n",
          honest.size(), budget.spent(), most, (double) most / budget.spent());
      assertThat(budget.spent()).isLessThan(most / 6);
    }
  }

  @Test
  void needsAFewLooksAtEachInstructionOfADriver() {
    Budget budget = PluginFlow.budget();

    Subject driver = analysed(TestPlugins.driver(), budget);

    long instructions = driver.plugin().methods().mapToLong(m -> m.code().size()).sum();
    assertThat(budget.spent()).isLessThan(400 * instructions);
  }

  @Test
  void checksWhatWasWrittenForAFractionOfTheWorkOfFindingOut() {
    Budget finding = PluginFlow.budget();
    Subject vendor = analysed(TestPlugins.driver(), finding);
    PluginFlow flow = vendor.flow();
    Rewritten written = Rewriter.rewrite(vendor.plugin(), flow);
    Plugin plugin = ClassReading.readWritten(written.classes(), TestPlugins.DRIVER, new Refusals());
    Budget checking = PluginFlow.budget();

    Subject.output(plugin, new Certificate(flow.values(), written.origins()), checking).flow();

    assertThat(checking.spent()).isLessThan(finding.spent() / 3);
  }

  @Test
  void metersWhatItHasNoBudgetToProve() {
    Subject starved =
        Subject.input(
            ClassReading.read(TestPlugins.driver(), TestPlugins.DRIVER, new Refusals()),
            method -> true,
            new Budget(100));

    assertThat(starved.flow().methods())
        .allSatisfy(
            method -> assertThat(method.meteredLoops()).hasSameSizeAs(method.forest().loops()));
  }

  private static Iterable<Refusal> shape(SortedMap<String, byte[]> classes) {
    Refusals out = new Refusals();
    Subject subject = Subject.input(ClassReading.read(classes, PluginSource.ENTRY, out));
    Rules.shape().forEach(rule -> rule.check(subject, out));
    return out.toList();
  }

  private static Subject analysed(SortedMap<String, byte[]> classes, Budget budget) {
    String entry =
        classes.containsKey(PluginSource.ENTRY) ? PluginSource.ENTRY : TestPlugins.DRIVER;
    Subject subject =
        Subject.input(ClassReading.read(classes, entry, new Refusals()), method -> true, budget);
    subject.flow();
    return subject;
  }
}
