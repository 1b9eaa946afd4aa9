// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import static dev.npa.verifier.bytecode.PluginSource.ENTRY;
import static dev.npa.verifier.bytecode.PluginSource.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two references to one object: what is stored through one is read through the other. A loop whose
/// limit its own body raises that way does not count, whichever of the two is looked at first.
class AliasedObjectsTest {
  private static final String MEMBERS =
      """
      static final class Box { int v; Box n; }
      private final Box a = new Box();
      private final Box b = new Box();
      private final Box[] q = new Box[4];
      private int v;
      private P self;
      private static int work(Box x, Box y) {
        int s = 0;
        x.v = 4;
        for (int i = 0; i < x.v; i++) { y.v = i + 5; s++; }
        return s;
      }
      private static int twice(Box x, Box y) { return work(x, y) + work(y, x); }
      private static int shifted(Box x, Box y) {
        int s = 0;
        x.v = y.v - 2147483643;
        if (y.v == Integer.MAX_VALUE) { for (int i = 0; i <= x.v; i++) { s++; } }
        return s;
      }
      private static int bent(Box x, Box y) {
        int s = 0;
        x.n.n = y;
        y.v = 4;
        for (int i = 0; i <= x.n.n.v; i++) { s++; }
        return s;
      }
      private static void raise(Box y, int i) { y.v = i + 5; }
      private static int through(Box x, Box y) {
        int s = 0;
        x.v = 4;
        for (int i = 0; i < x.v; i++) { raise(y, i); s++; }
        return s;
      }
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return work(a, a);",
        "int t = 0; for (int k = 0; k < 4000; k++) { t += work(a, a); } return t;",
        "Box b = a; return work(b, a);",
        "return twice(a, a);",
        "return through(a, a);",
        "Box b = a; int s = 0; b.v = 4; for (int i = 0; i < a.v; i++) { b.v = i + 5; s++; }"
            + " return s;",
        "int s = 0; Box b = q[queue & 3]; b.v = 4; for (int i = 0; i < b.v; i++) { q[0].v = i + 5;"
            + " s++; } return s;",
        "int s = 0; a.v = 4; for (int i = 0; i < a.v; i++) { a.n.v = i + 5; s++; } return s;",
        "int s = 0; v = 4; for (int i = 0; i < v; i++) { self.v = i + 5; s++; } return s;",
        "a.v = -6; return shifted(a, a);",
        "return bent(a, b);",
      })
  void metersALoopWhoseLimitGrowsUnderAnotherName(String poll) {
    Report report =
        HonestPluginTest.accepted(
                plugin()
                    .members(MEMBERS)
                    .body("swInit", "self = this; a.n = a; b.n = new Box(); b.n.v = 2147483647;")
                    .body("checkTxRing", "a.v = ps.deviceInfo(0);")
                    .poll(poll)
                    .compile(),
                ENTRY)
            .report();

    assertThat(report.loops())
        .filteredOn(loop -> !loop.isProved())
        .as("loops of %s", poll)
        .isNotEmpty();
    assertThat(report.entries())
        .filteredOn(entry -> entry.entryPoint().equals("checkRxRing"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.metered()).isTrue());
  }
}
