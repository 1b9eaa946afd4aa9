// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.Mutator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// ASM and `java.lang.classfile` against each other: on the platform's own classes, which must read
/// the same, and on damaged ones, where a difference must be found and nothing may be thrown.
///
/// `-Dnpa.fuzz=50` runs fifty times as many mutants.
class ParserFuzzTest {
  private static final long SEED = 69;
  private static final int MUTANTS = 3000 * Integer.getInteger("npa.fuzz", 1);
  private static final int WHOLE = 250;

  @Test
  void readTheSameInThePlatformsClasses() throws IOException {
    int agreed = 0;
    for (byte[] bytes : platformClasses()) {
      List<Refusal> refusals = refusals(bytes);

      assertThat(refusals)
          .extracting(Refusal::rule)
          .doesNotContain(RuleId.B004_PARSERS_DISAGREE, RuleId.B001_UNREADABLE_CLASS);
      agreed += refusals.isEmpty() ? 1 : 0;
    }
    assertThat(agreed).as("within the caps and without dynamic linkage").isGreaterThan(WHOLE);
  }

  @Test
  void answerForEveryMutant() throws IOException {
    byte[][] corpus = platformClasses().toArray(byte[][]::new);
    Mutator mutator = new Mutator(SEED);
    Map<RuleId, Integer> answers = new EnumMap<>(RuleId.class);
    int read = 0;
    for (int i = 0; i < MUTANTS; i++) {
      List<Refusal> refusals = refusals(mutator.damage(mutator.pick(corpus)));
      refusals.forEach(refusal -> answers.merge(refusal.rule(), 1, Integer::sum));
      read += refusals.isEmpty() ? 1 : 0;
    }
    System.out.printf("%d mutants, seed %d: %d read alike, %s%n", MUTANTS, SEED, read, answers);
    assertThat(read).isBetween(1, MUTANTS - 1);
    assertThat(answers).containsKey(RuleId.B001_UNREADABLE_CLASS);
  }

  private static List<Refusal> refusals(byte[] bytes) {
    SortedMap<String, byte[]> classes = new TreeMap<>();
    classes.put("a/A", bytes);
    Refusals out = new Refusals();
    ClassReading.read(classes, "a/A", out);
    return out.toList();
  }

  /// In the order of their names, so that a seed means the same on each run of one JDK.
  private static List<byte[]> platformClasses() throws IOException {
    Path util =
        FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules/java.base/java/util");
    try (Stream<Path> files = Files.list(util)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .sorted()
          .map(ParserFuzzTest::read)
          .toList();
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
