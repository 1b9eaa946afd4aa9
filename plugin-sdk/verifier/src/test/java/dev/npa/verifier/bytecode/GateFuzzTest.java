// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.Refusal;
import dev.npa.verifier.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever the bytes are, the gate answers, and does so in little memory.
///
/// `-Dnpa.fuzz=50` runs fifty times as many mutants.
class GateFuzzTest {
  private static final long SEED = 20101;
  private static final int MUTANTS = 500 * Integer.getInteger("npa.fuzz", 1);

  /// What half a MiB of classes, the most that a plugin has, may cost: 256 MiB for each MiB.
  private static final String HEAP = "-Xmx128m";

  @Test
  void answersForEveryMutantOfADriver() {
    SortedMap<String, byte[]> plugin = HonestSources.igb();
    String[] names = plugin.keySet().toArray(String[]::new);
    Mutator mutator = new Mutator(SEED);
    int accepted = 0;
    for (int i = 0; i < MUTANTS; i++) {
      SortedMap<String, byte[]> mutant = new TreeMap<>(plugin);
      String name = mutator.pick(names);
      mutant.put(name, mutator.damage(plugin.get(name)));

      Verdict<VerifiedClasses> verdict = BytecodeGate.verify(mutant, HonestSources.IGB);

      if (verdict instanceof Verdict.Accepted<VerifiedClasses>(VerifiedClasses verified)) {
        accepted++;
        assertThat(verified.names()).as("mutant %d of seed %d", i, SEED).contains(name);
      }
    }
    assertThat(accepted).as("mutants that are still honest").isBetween(1, MUTANTS / 2);
  }

  @Test
  void answersForEveryMutantOfEveryFixture() {
    Mutator mutator = new Mutator(SEED);
    for (SortedMap<String, byte[]> plugin : Bombs.fixtures()) {
      SortedMap<String, byte[]> mutant = new TreeMap<>(plugin);
      String name = mutator.pick(plugin.keySet().toArray(String[]::new));
      mutant.put(name, mutator.damage(plugin.get(name)));

      assertThat(Fixture.judge(mutant)).allSatisfy(GateFuzzTest::isPrintable);
    }
  }

  @Test
  void needsNoMoreMemoryThanItsBoundForTheWorst(@TempDir Path folder)
      throws IOException, InterruptedException {
    List<String> mazes = new ArrayList<>();
    Mazes.all()
        .forEach(
            (name, maze) -> {
              ClassFiles.write(folder.resolve(name), maze.get());
              mazes.add(folder.resolve(name).toString());
            });
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                HEAP,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                ClassPath.ofTests(),
                Bombs.class.getName()));
    command.addAll(mazes);
    Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(child.waitFor()).as(said).isZero();
    assertThat(said.lines().filter(line -> line.startsWith("answered")))
        .as(said)
        .hasSize(Bombs.all().size() + CallBombs.all().size() + mazes.size());
    System.out.print(said);
  }

  private static void isPrintable(Refusal refusal) {
    assertThat(refusal.toString()).matches("[ -~]+");
  }
}
