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

/// Objects that others see while their constructor is at work. What the gate claims of it is held
/// against runs.
class LeakingConstructorsTest {
  private static final int SEEDS = 12;
  private static final int CALLS = 16;
  private static final long STEPS = 3_000;

  @SuppressWarnings("InlineFormatString") // A whole plugin is read better apart.
  private static final String MEMBERS =
      """
      private final Hold h = new Hold();
      private final Hold k = new Hold();
      private Box x;
      static final class Hold {
        Box b; int v;
        int go(int d) {
          int s = 0;
          int limit = 4;
          if (b.v != 100) { limit = Integer.MAX_VALUE; }
          for (int i = 0; i <= limit; i++) { s++; if (d == 7) { break; } }
          return s;
        }
        void raise(int to) { b.v = to; }
      }
      static final class Box {
        int v; int n; int[] t = new int[4]; final int f;
        Box(Hold h, Hold g, int d) { int s = 0; int size = 4; %s n += s; f = size; }
      }
      private static int work(Box x, Box y) {
        int s = 0;
        for (int i = 0; i <= x.n; i++) { s++; y.n = y.n; }
        if (x.v >= 0 && x.v < 4) { s += x.t[x.v]; }
        if (x.f == 0) { for (int i = 0; i <= x.v; i++) { s++; } }
        return s;
      }
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "h.b = this; v = 4; Box o = g.b; o.v = Integer.MAX_VALUE; n = v;",
        "h.b = this; v = 4; Box o = g.b; for (int i = 0; i < v; i++) { o.v = i + 5; s++; }",
        "h.b = this; v = 4; g.raise(Integer.MAX_VALUE); for (int i = 0; i < v; i++) { s++; }",
        "h.b = this; h.v = g.go(d); v = 100; int e = 1; while (e == 1) { v = 100; }",
        "h.b = this; h.v = g.go(d); v = 100; if (d == 7) { while (true) { v = 100; } }",
        "h.b = this; s = g.b.t == null ? 1 : g.b.t.length; t = null; s += g.b.t[0];",
        "h.b = this; v = 3; Box o = h.b; o.t = new int[2]; s = t[v];",
        "h.b = this; Box o = g.b; v = o.v + 1; if (o.v == v) { for (int i = 0; i < 1 << 20; i++) {"
            + " s++; } }",
        "g.b = h.b; h.b = this; v = 5; h = g; h.b = this; g.b.v = 2147483647; n = v;",
        "if (d == 3) { h.b = this; } v = 2; g.raise(d * 1000); for (int i = 0; i < v; i++) { s++;"
            + " }",
        "v = 7; for (int i = 0; i < v; i++) { h.b = this; g.b.v = v + 1; s++; }",
        "if (d != 5) { h.b = this; s = work(g.b, this); } v = 100; n = 4;",
      })
  void claimsNothingThatOthersMakeUntrue(String constructor) {
    SortedMap<String, byte[]> plugin =
        TestPlugins.of(
            MEMBERS.formatted(constructor),
            "swInit",
            "x = new Box(h, h, ps.deviceInfo(3)); x = new Box(k, h, ps.deviceInfo(2)); h.b = x;",
            "checkTxRing",
            "if (x != null) { x.v = queue; }",
            "checkRxRing",
            "return x == null ? 0 : work(x, x) + (h.b == null ? 0 : work(h.b, x));");

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
