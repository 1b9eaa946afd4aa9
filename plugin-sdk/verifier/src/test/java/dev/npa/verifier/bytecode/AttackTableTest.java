// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.PackageFixtures;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.world.AllowList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The table "attack, rule, test" in the package documentation says what is so.
class AttackTableTest {
  private static final Path TABLE =
      Path.of("src/main/java/dev/npa/verifier/bytecode/package-info.java");
  private static final Pattern ROW =
      Pattern.compile("/// \\| ([A-Z]-\\d\\d) \\| ([^|]+) \\| ([^|]+) \\|");
  private static final Pattern RULE = Pattern.compile("\\b[A-Z]\\d{3}\\b");
  private static final Pattern NAME = Pattern.compile("`([A-Z]\\w+)`");

  /// How many attacks each section of the project's attack list has.
  private static final List<String> ATTACKS =
      Stream.of("R 18", "N 9", "Z 12", "C 17", "T 20", "H 8", "V 4")
          .flatMap(AttackTableTest::section)
          .toList();

  private record Row(String attack, String measure, String tests) {
    List<String> rules() {
      return RULE.matcher(measure).results().map(MatchResult::group).toList();
    }

    List<String> names() {
      return Stream.of(measure, tests)
          .flatMap(text -> NAME.matcher(text).results())
          .map(name -> name.group(1))
          .toList();
    }
  }

  @Test
  void hasOneRowForEachAttack() throws IOException {
    assertThat(rows()).extracting(Row::attack).containsExactlyElementsOf(ATTACKS);
  }

  @Test
  void namesARuleOrAMeasureAndATestInEachRow() throws IOException {
    Set<String> rules =
        Arrays.stream(RuleId.values())
            .map(rule -> rule.id().substring("NPA-".length()))
            .collect(Collectors.toSet());

    assertThat(rows())
        .allSatisfy(
            row -> {
              assertThat(rules).as(row.attack()).containsAll(row.rules());
              assertThat(row.rules().size() + NAME.matcher(row.measure()).results().count())
                  .as(row.attack())
                  .isPositive();
              assertThat(NAME.matcher(row.tests()).results()).as(row.attack()).isNotEmpty();
            });
  }

  @Test
  void namesClassesThatExist() throws IOException {
    Set<String> sources = sourceNames();

    assertThat(rows())
        .allSatisfy(row -> assertThat(sources).as(row.attack()).containsAll(row.names()));
  }

  @Test
  void hasAFixtureThatAttacksForEachBytecodeRuleOfEachRow() throws IOException {
    Set<String> fixtures = new TreeSet<>();
    BytecodeFixtures.all()
        .forEach(
            fixture ->
                Stream.of(fixture.attack().split(" ", -1))
                    .forEach(attack -> fixtures.add(attack + " " + fixture.rule().id())));

    List<String> wanted = new ArrayList<>();
    for (Row row : rows()) {
      row.rules().stream()
          .filter(rule -> rule.startsWith("B"))
          .forEach(rule -> wanted.add(row.attack() + " NPA-" + rule));
    }
    assertThat(fixtures).containsAll(wanted);
  }

  @Test
  void hasAnAttackInTheNamedTestsForEachOtherRuleOfEachRow() throws IOException {
    for (Row row : rows()) {
      Set<String> refused =
          row.names().stream()
              .flatMap(name -> PackageFixtures.refusedIn(name).stream())
              .map(rule -> rule.id().substring("NPA-".length()))
              .collect(Collectors.toSet());

      assertThat(refused)
          .as(row.attack())
          .containsAll(row.rules().stream().filter(rule -> !rule.startsWith("B")).toList());
    }
  }

  @Test
  void countsItsRowsAndFixtures() throws IOException {
    List<Row> rows = rows();
    long rules = rows.stream().flatMap(row -> row.rules().stream()).distinct().count();
    int classes = BytecodeFixtures.all().size();
    System.out.printf(
        "attack table: %d rows, %d by a rule and %d by a measure alone; %d rules of %d named%n",
        rows.size(),
        rows.stream().filter(row -> !row.rules().isEmpty()).count(),
        rows.stream().filter(row -> row.rules().isEmpty()).count(),
        rules,
        RuleId.values().length);
    System.out.printf(
        "fixtures: %d packages and bundles, %d plugins refused and %d accepted%n",
        PackageFixtures.count(), classes, classes);

    assertThat(rows).hasSameSizeAs(ATTACKS);
  }

  @Test
  void noListedMethodTakesOrGivesAnArray() {
    assertThat(AllowList.sdk().values())
        .allSatisfy(m -> assertThat(m).noneMatch(AttackTableTest::hasArray));
  }

  private static boolean hasArray(String method) {
    return method.contains("[");
  }

  private static Stream<String> section(String letterAndCount) {
    String[] parts = letterAndCount.split(" ", -1);
    return IntStream.rangeClosed(1, Integer.parseInt(parts[1]))
        .mapToObj(i -> "%s-%02d".formatted(parts[0], i));
  }

  private static List<Row> rows() throws IOException {
    return ROW.matcher(Files.readString(TABLE))
        .results()
        .map(row -> new Row(row.group(1), row.group(2), row.group(3)))
        .toList();
  }

  /// Simple names of all Java sources of the project.
  private static Set<String> sourceNames() throws IOException {
    Path root = Path.of("").toAbsolutePath().getParent().getParent();
    assertThat(root.resolve("pom.xml")).exists();
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .collect(Collectors.toSet());
    }
  }
}
