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
import org.junit.jupiter.params.provider.ValueSource;

/// Code that is right only as long as two names mean two objects, called with names that mean one.
/// What the gate claims of it is held against runs.
class AliasesTest {
  private static final int SEEDS = 12;
  private static final int CALLS = 16;
  private static final long STEPS = 3_000;

  @SuppressWarnings("InlineFormatString") // A whole plugin is read better apart.
  private static final String MEMBERS =
      """
      private final Box a = new Box(8);
      private final Box b = new Box(8);
      private final Box c = new Box(4);
      static final class Box {
        int v; int w; Box n; int[] t; final int size;
        Box(int size) { this.size = size; t = new int[size]; }
      }
      static void raise(Box y, int i) { y.v = i + 5; }
      static void far(Box y, int i) { raise(y, i); }
      static void turn(Box y, Box z) { y.n = z; }
      static int work(Box x, Box y, Box z, int n) { int s = 0; %s return s; }
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x.v = 4; for (int i = 0; i < x.v; i++) { y.v = i + 5; s++; }",
        "x.v = 4; for (int i = 0; i < x.v; i++) { raise(y, i); s++; }",
        "x.v = 4; far(y, n); for (int i = 0; i < x.v; i++) { s++; }",
        "x.v = y.v - 2147483643; if (y.v == 2147483647) { for (int i = 0; i <= x.v; i++) { s++; }"
            + " }",
        "x.v = y.v - 3; for (int i = x.v; i < y.v; i++) { s++; }",
        "if (n < x.v) { y.v = n; s = x.v; if (y.v < 8 && y.v >= 0) { s += x.t[y.v]; } }",
        "x.n.n = y; y.v = 4; for (int i = 0; i <= x.n.n.v; i++) { s++; }",
        "x.n = y; y.n = z; z.v = 3; for (int i = 0; i <= x.n.n.v; i++) { s++; }",
        "Box m = x.n; x.n.v = 3; y.n = z; for (int i = 0; i <= x.n.v; i++) { s++; } s += m.v;",
        "x.n.v = 3; turn(y, z); for (int i = 0; i <= x.n.v; i++) { s++; }",
        "x.v = 5; x = n == 3 ? y : z; for (int i = 0; i < x.v; i++) { s++; }",
        "x.v = 5; Box m = n == 3 ? y : z; m.v = n; for (int i = 0; i < x.v; i++) { s++; }",
        "x.v = n & 7; y.v = n & 63; if (x.v >= 0) { s = x.t[x.v & 7]; }",
        "int k = x.v; y.v = k + 1; if (x.v == k) { s = 1; } else { s = x.v - k; }",
        "x.t = y.t; y.t = z.t; for (int i = 0; i < x.t.length; i++) { s += y.t[i & 3]; }",
        "int[] t = x.t; y.t = z.t; for (int i = 0; i < x.t.length; i++) { s += t[i]; }",
        "x.v = 0; while (x.v < 10) { x.v = x.v + 1; y.w = x.v; z.v = y.w - 2; s++; }",
        "x.w = x.v; y.v = y.v + 1; s = x.w - x.v; if (s == 0) { s = 7; }",
        "if (x.n != null) { y.n = null; if (n == 4) { s = x.n.v; } }",
      })
  void claimsNothingThatAnotherNameMakesUntrue(String body) {
    SortedMap<String, byte[]> plugin =
        TestPlugins.of(
            MEMBERS.formatted(body),
            "swInit",
            "a.n = a; b.n = c; c.n = b; c.v = 2147483647; b.t = new int[3];",
            "checkTxRing",
            "a.v = ps.deviceInfo(0); b.v = ps.deviceInfo(1);",
            "addBuffersToRxRing",
            "a.n = queue == 1 ? b : a; b.n = queue == 2 ? b : c; c.n = a; a.v = -6;",
            "checkRxRing",
            "return work(a, a, b, queue) + work(a, b, c, queue) + work(b, a, a, maxPkts) + work(b,"
                + " b.n, b, queue) + work(c, b, c, maxPkts) + work(a, a.n, a.n.n, queue);");

    Verdict<VerifiedClasses> verdict = BytecodeGate.verify(plugin, TestPlugins.ENTRY);

    assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
    if (verdict instanceof Verdict.Accepted<VerifiedClasses>(VerifiedClasses verified)) {
      for (int seed = 0; seed < SEEDS; seed++) {
        Trial trial = new Trial(plugin, plugin, verified, new Random(seed));
        assertThatCode(() -> trial.run(CALLS, STEPS))
            .as("seed %d", seed)
            .doesNotThrowAnyException();
      }
    }
  }
}
