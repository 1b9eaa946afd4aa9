// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// Random expressions: good ones, which must keep their meaning, and damaged ones, which must not
/// get another.
class SpdxFuzzTest {

  private static final long SEED = 20261123;
  private static final List<String> IDS =
      List.of("GPL-2.0-only", "GPL-3.0-or-later", "MIT", "BSD-3-Clause", "Apache-2.0", "Zlib");

  /// An expression as text, and as the question whether a set of licences satisfies it.
  private record Choice(String text, boolean grouped, Predicate<Set<String>> satisfied) {}

  @Test
  void printsWhatItReadAndReadsWhatItPrints() {
    Random random = new Random(SEED);
    int read = 0;
    for (int round = 0; round < 20_000; round++) {
      String text = expression(random, 0).text();
      Optional<SpdxExpression> parsed = SpdxParser.known(text);
      if (parsed.isPresent()) {
        read++;
        assertThat(SpdxParser.known(parsed.get().toString()))
            .as("seed %d, round %d: %s", SEED, round, text)
            .contains(parsed.get());
      }
    }
    assertThat(read).isGreaterThan(5_000);
  }

  @Test
  void offersTheChoicesThatTheExpressionMeans() {
    Random random = new Random(SEED);
    int read = 0;
    for (int round = 0; round < 5_000; round++) {
      Choice choice = expression(random, 0);
      Optional<SpdxExpression> parsed = SpdxParser.known(choice.text());
      if (parsed.isPresent()) {
        read++;
        for (int bits = 0; bits < 1 << IDS.size(); bits++) {
          Set<String> held = subset(bits);
          boolean offered =
              parsed.get().branches().stream()
                  .anyMatch(b -> b.stream().allMatch(licence -> held.contains(licence.id())));

          assertThat(offered)
              .as("seed %d: %s with %s", SEED, choice.text(), held)
              .isEqualTo(choice.satisfied().test(held));
        }
      }
    }
    assertThat(read).isGreaterThan(1_000);
  }

  @Test
  void oneCharacterMoreOrLessNeverMeansTheSameByAccident() {
    Random random = new Random(SEED);
    String good = "GPL-2.0-only OR (MIT AND BSD-3-Clause)";
    SpdxExpression expected = SpdxParser.known(good).orElseThrow();
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder(good);
      int at = random.nextInt(good.length());
      switch (random.nextInt(3)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, (char) random.nextInt(0x3000));
        default -> text.setCharAt(at, (char) (text.charAt(at) ^ 1 << random.nextInt(14)));
      }
      String damaged = text.toString();

      assertThat(SpdxParser.known(damaged))
          .as("seed %d, round %d: %s", SEED, round, damaged)
          .isNotEqualTo(Optional.of(expected));
    }
  }

  private static Set<String> subset(int bits) {
    Set<String> held = new HashSet<>();
    for (int i = 0; i < IDS.size(); i++) {
      if ((bits >> i & 1) != 0) {
        held.add(IDS.get(i));
      }
    }
    return held;
  }

  private static Choice expression(Random random, int depth) {
    int kind = depth > 2 ? 0 : random.nextInt(4);
    if (kind < 2) {
      String id = IDS.get(random.nextInt(IDS.size()));
      return new Choice(id, true, held -> held.contains(id));
    }
    Choice left = expression(random, depth + 1);
    Choice right = expression(random, depth + 1);
    return kind == 2
        ? new Choice(
            grouped(left) + " AND " + grouped(right),
            false,
            left.satisfied().and(right.satisfied()))
        : new Choice(
            left.text() + " OR " + right.text(), false, left.satisfied().or(right.satisfied()));
  }

  private static String grouped(Choice choice) {
    return choice.grouped() ? choice.text() : "(" + choice.text() + ")";
  }
}
