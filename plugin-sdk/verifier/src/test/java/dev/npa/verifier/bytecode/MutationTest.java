// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.Verdict;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Damages real class files at random: the gate always answers, and never throws.
class MutationTest {
  private static final long SEED = 20101;
  private static final int MUTANTS = 500;

  @Test
  void answersForEveryMutant() {
    SortedMap<String, byte[]> plugin = HonestSources.igb();
    String[] names = plugin.keySet().toArray(String[]::new);
    Random random = new Random(SEED);
    int accepted = 0;
    for (int i = 0; i < MUTANTS; i++) {
      SortedMap<String, byte[]> mutant = new TreeMap<>(plugin);
      String name = names[random.nextInt(names.length)];
      mutant.put(name, damage(plugin.get(name), random));

      Verdict<VerifiedClasses> verdict = BytecodeGate.verify(mutant, HonestSources.IGB);

      if (verdict instanceof Verdict.Accepted<VerifiedClasses>(VerifiedClasses verified)) {
        accepted++;
        assertThat(verified.names()).as("mutant %d of seed %d", i, SEED).contains(name);
      }
    }
    assertThat(accepted).as("mutants that are still honest").isBetween(1, MUTANTS / 2);
  }

  private static byte[] damage(byte[] original, Random random) {
    byte[] bytes = original.clone();
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] += (byte) (random.nextBoolean() ? 1 : -1);
        default -> {
          int length = Math.min(1 + random.nextInt(8), bytes.length - at);
          System.arraycopy(bytes, random.nextInt(bytes.length - length), bytes, at, length);
        }
      }
    }
    return bytes;
  }
}
