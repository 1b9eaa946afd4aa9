// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.soundness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.npa.verifier.Verdict;
import dev.npa.verifier.bytecode.BytecodeGate;
import dev.npa.verifier.bytecode.TestPlugins;
import dev.npa.verifier.bytecode.VerifiedClasses;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pairs of plugins of the same length, of which the certificate of one is false of the other in
/// one way: an equation, a bound, a range, null. What it claims must not be claimed.
class FalseCertificateTest {
  private static final int SEEDS = 8;
  private static final int CALLS = 12;
  private static final long STEPS = 3_000;

  private static final String MEMBERS =
      """
      private final Box box = new Box();
      private int[] few = new int[4];
      static final class Box { int v; Box n; }
      static int result(int n) { return n & RESULT; }
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int i = queue & 63; int j = i + 3; while (i < 80) { i++; j++; s += j - i; }"
            + " | int i = queue & 63; int j = i + 3; while (i < 80) { i++; j += 2; s += j - i; }",
        "int k = queue & 3; int m = 9; int i = Math.min(1, k); for (int r = 0; r < 9; r++) {"
            + " s += i; i = Math.min(i + 1, k); m++; }"
            + " | int k = queue & 3; int m = 9; int i = Math.min(1, k); for (int r = 0; r < 9; r++)"
            + " { s += i; i = Math.min(i + 1, m); m++; }",
        "int i = 0; for (int r = 0; r < 9; r++) { s += few[i]; i = queue & 3; }"
            + " | int i = 0; for (int r = 0; r < 9; r++) { s += few[i]; i = queue & 5; }",
        "Box b = box; for (int r = 0; r < 9; r++) { s += b.v; b = box; }"
            + " | Box b = box; for (int r = 0; r < 9; r++) { s += b.v; b = null; }",
      })
  void isNotBelieved(String certified, String other) {
    SortedMap<String, byte[]> about = plugin(certified, 7);
    SortedMap<String, byte[]> plugin = plugin(other, 7);

    hold(about, plugin);
  }

  @ParameterizedTest
  @CsvSource({"3, 5", "7, 6", "1, 2"})
  void isNotBelievedInWhatMethodsTellEachOther(int certified, int other) {
    String body = "for (int i = 0; i < result(maxPkts); i++) { s += i; box.v = result(s); }";

    hold(plugin(body, certified), plugin(body, other));
  }

  private static void hold(SortedMap<String, byte[]> about, SortedMap<String, byte[]> plugin) {
    Verdict<VerifiedClasses> verdict = BytecodeGate.verify(plugin, TestPlugins.ENTRY);
    assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
    if (verdict instanceof Verdict.Accepted<VerifiedClasses>(VerifiedClasses verified)) {
      for (int seed = 0; seed < SEEDS; seed++) {
        Trial trial = new Trial(about, plugin, verified, new Random(seed));
        assertThatCode(() -> trial.run(CALLS, STEPS))
            .as("seed %d", seed)
            .doesNotThrowAnyException();
      }
    }
  }

  private static SortedMap<String, byte[]> plugin(String body, int result) {
    return TestPlugins.of(
        MEMBERS.replace("RESULT", Integer.toString(result)),
        "checkRxRing",
        "int s = 0; " + body + " return s & 1;");
  }
}
