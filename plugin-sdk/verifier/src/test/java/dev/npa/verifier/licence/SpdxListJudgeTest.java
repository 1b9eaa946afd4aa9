// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spdx.core.InvalidSPDXAnalysisException;
import org.spdx.library.LicenseInfoFactory;
import org.spdx.library.SpdxModelFactory;
import org.spdx.library.model.v3_0_1.expandedlicensing.ConjunctiveLicenseSet;
import org.spdx.library.model.v3_0_1.expandedlicensing.DisjunctiveLicenseSet;
import org.spdx.library.model.v3_0_1.expandedlicensing.ListedLicense;
import org.spdx.library.model.v3_0_1.expandedlicensing.WithAdditionOperator;
import org.spdx.library.model.v3_0_1.simplelicensing.AnyLicenseInfo;
import org.spdx.library.model.v3_0_1.simplelicensing.InvalidLicenseExpression;

/// The parser against that of the SPDX project's own Java library, with the licence list that comes
/// in the library; nothing is fetched.
class SpdxListJudgeTest {
  private static final long SEED = 20261123;
  private static final int ROUNDS = 3_000;
  private static final List<String> LICENCES = SpdxIds.LICENCES.stream().sorted().toList();
  private static final List<String> EXCEPTIONS =
      List.of(
          "Linux-syscall-note", "Classpath-exception-2.0", "GCC-exception-3.1", "LLVM-exception");

  @BeforeAll
  static void readsTheListInTheLibrary() {
    System.setProperty("SPDXParser.OnlyUseLocalLicenses", "true");
    SpdxModelFactory.init();
  }

  @Test
  void readsWhatTheJudgeReadsAsTheSameTree() throws InvalidSPDXAnalysisException {
    Random random = new Random(SEED);
    int accepted = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String text = expression(random, 0);
      Optional<String> judged = judge(text);
      Optional<SpdxExpression> ours = SpdxParser.known(text);
      String what = "seed %d, round %d: %s".formatted(SEED, round, text);
      assertThat(judged).as(what).isPresent();
      if (ours.isPresent()) {
        accepted++;
        assertThat(tree(ours.get())).as(what).isEqualTo(judged.get());
      } else {
        assertThat(stricter(text)).as(what).isTrue();
      }
    }
    assertThat(accepted).isGreaterThan(ROUNDS / 2);
  }

  @Test
  void takesNoDamagedTextThatTheJudgeRefuses() throws InvalidSPDXAnalysisException {
    Random random = new Random(SEED);
    int accepted = 0;
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String text = damaged(expression(random, 1), random);
      Optional<SpdxExpression> ours = SpdxParser.known(text);
      if (ours.isPresent()) {
        accepted++;
        assertThat(judge(text))
            .as("seed %d, round %d: %s", SEED, round, text)
            .contains(tree(ours.get()));
      } else {
        refused++;
      }
    }
    assertThat(accepted).isGreaterThan(100);
    assertThat(refused).isGreaterThan(ROUNDS / 2);
  }

  @Test
  void spellsEveryIdAsTheListDoesAndTakesNoDeprecatedOne() throws InvalidSPDXAnalysisException {
    for (String id : LICENCES) {
      assertThat(LicenseInfoFactory.listedLicenseIdCaseSensitive(id)).contains(id);
      ListedLicense listed = LicenseInfoFactory.getListedLicenseById(id);
      assertThat(listed.getIsDeprecatedLicenseId().orElse(false)).as(id).isFalse();
    }
    for (String id : EXCEPTIONS) {
      assertThat(SpdxIds.isException(id)).as(id).isTrue();
      assertThat(LicenseInfoFactory.listedExceptionIdCaseSensitive(id)).contains(id);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mit",
        "MIT or GPL-2.0-only",
        "MIT  OR GPL-2.0-only",
        " MIT",
        "(MIT )",
        "GPL-2.0",
        "GPL-2.0+",
        "MIT+",
        "LicenseRef-acme",
        "MIT OR LicenseRef-acme",
        "MIT AND MIT",
        "MIT WITH LLVM-exception",
        "NTP OR GPL-2.0-only",
        "(((((MIT)))))",
        "MIT OR ISC OR Zlib OR UPL-1.0 OR BSL-1.0 OR Unlicense OR BSD-2-Clause OR BSD-3-Clause"
            + " OR GPL-2.0-only"
      })
  void isStricterThanTheJudge(String text) throws InvalidSPDXAnalysisException {
    assertThat(judge(text)).isPresent();
    assertThat(SpdxParser.known(text)).isEmpty();
  }

  /// What the judge reads, as [#tree] writes it; nothing if it refuses.
  private static Optional<String> judge(String text) throws InvalidSPDXAnalysisException {
    AnyLicenseInfo read = LicenseInfoFactory.parseSPDXLicenseString(text);
    return read instanceof InvalidLicenseExpression ? Optional.empty() : Optional.of(tree(read));
  }

  private static String tree(AnyLicenseInfo read) throws InvalidSPDXAnalysisException {
    return switch (read) {
      case ConjunctiveLicenseSet all -> joined("AND", judged(all.getFlattenedMembers()));
      case DisjunctiveLicenseSet any -> joined("OR", judged(any.getFlattenedMembers()));
      case WithAdditionOperator with ->
          with.getSubjectExtendableLicense() + " WITH " + with.getSubjectAddition();
      default -> read.toString();
    };
  }

  private static List<String> judged(Collection<AnyLicenseInfo> members)
      throws InvalidSPDXAnalysisException {
    List<String> trees = new ArrayList<>();
    for (AnyLicenseInfo member : members) {
      trees.add(tree(member));
    }
    return trees;
  }

  private static String tree(SpdxExpression read) {
    return switch (read) {
      case SpdxExpression.Licence licence -> licence.toString();
      case SpdxExpression.And(List<SpdxExpression> operands) ->
          joined("AND", operands.stream().map(SpdxListJudgeTest::tree).toList());
      case SpdxExpression.Or(List<SpdxExpression> operands) ->
          joined("OR", operands.stream().map(SpdxListJudgeTest::tree).toList());
    };
  }

  /// Operands have no order, for the judge at least.
  private static String joined(String operator, Collection<String> operands) {
    return operator + new TreeSet<>(operands);
  }

  /// What of a random expression our parser may refuse though SPDX allows it.
  private static boolean stricter(String text) {
    List<String> ids = List.of(text.replaceAll("[()]", "").split(" (AND|OR) ", -1));
    return ids.size() > 8
        || text.length() > 256
        || text.contains("((((")
        || ids.stream().distinct().count() < ids.size();
  }

  private static String expression(Random random, int depth) {
    int kind = depth > 2 ? 0 : random.nextInt(5);
    return switch (kind) {
      case 0, 1 -> licence(random);
      case 2 -> operand(random, depth) + " AND " + operand(random, depth);
      case 3 -> expression(random, depth + 1) + " OR " + expression(random, depth + 1);
      default -> "(" + expression(random, depth + 1) + ")";
    };
  }

  /// With or without the parentheses that it needs to stay one operand.
  private static String operand(Random random, int depth) {
    String text = expression(random, depth + 1);
    return random.nextBoolean() ? "(" + text + ")" : text;
  }

  private static String licence(Random random) {
    String exception = EXCEPTIONS.get(random.nextInt(EXCEPTIONS.size()));
    String id = LICENCES.get(random.nextInt(LICENCES.size()));
    return SpdxIds.fits(exception, id) && random.nextBoolean() ? id + " WITH " + exception : id;
  }

  private static String damaged(String text, Random random) {
    StringBuilder damaged = new StringBuilder(text);
    int at = random.nextInt(text.length());
    switch (random.nextInt(4)) {
      case 0 -> damaged.deleteCharAt(at);
      case 1 -> damaged.insert(at, (char) random.nextInt(0x100));
      case 2 -> damaged.insert(at, " ()+-".charAt(random.nextInt(5)));
      default -> damaged.insert(0, "(").append(')');
    }
    return damaged.toString();
  }
}
