// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import static dev.npa.verifier.bytecode.PluginSource.ENTRY;
import static dev.npa.verifier.bytecode.PluginSource.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.npa.plugin.FuelExhausted;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeteringTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while (true) { queue++; }",
        "for (;;) { }",
        "do { queue = -queue; } while (queue != 7);",
        "for (int i = 0; i < 10; ) { if (i == 9) i = 0; i++; }",
        "for (int i = 0; i < 10; i++) { i--; }",
        "for (int i = 0; i >= 0; i = i + 1 & 0xFF) { }",
        "while (true) { switch (queue & 3) { case 0: continue; case 1: queue++; continue;"
            + " default: queue += 3; } }",
        "a: while (true) { for (int i = 0; i < 4; i++) { if (i == queue) continue a; } queue++; }",
        "while (maxPkts > 0) { spin(); }",
        "while (maxPkts > 0) { maxPkts += helper(queue++); }",
        "for (int i = 0; i < 100000; i++) { for (int j = 0; j < 100000; j++) { queue += j; } }",
        "for (long i = 0; i < 1L << 40; i++) { queue++; }",
        "raise(box, box);",
      })
  void stopsEndlessLoopsByFuel(String loop) {
    TestRegion region =
        region(
            plugin()
                .members(
                    """
                    private final Box box = new Box();
                    private static final class Box { int v; }
                    private static int raise(Box x, Box y) {
                      int s = 0;
                      x.v = 4;
                      for (int i = 0; i < x.v; i++) { y.v = i + 5; s++; }
                      return s;
                    }
                    private static void spin() { int x = 1; while (x != 0) { x++; if (x == 0) x++; } }
                    private static int helper(int n) {
                      int sum = 0;
                      for (int i = 0; i < (n & 1023); i++) { sum += i & 1; }
                      return sum + 1;
                    }
                    """)
                .poll(loop));

    assertThatThrownBy(region::poll).isInstanceOf(FuelExhausted.class);
    assertThatThrownBy(region::poll).as("each call starts anew").isInstanceOf(FuelExhausted.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int a = queue + switch (maxPkts & 3) { case 0 -> { int s = 1; while (s != maxPkts) { s = s"
            + " * 5 + 1 & 255; sum++; } yield s; } default -> 0; }; int t = 3; while (t != queue) {"
            + " t = t * 5 + 1 & 255; sum++; } return a + t + sum;",
        "long a = 7L * queue + table[switch (queue) { case 0 -> { int s = 1; while (s != maxPkts) {"
            + " s = s * 5 + 1 & 255; sum++; } yield s & 3; } default -> { int s = 2; do { s = s * 5"
            + " + 1 & 255; } while (s != maxPkts); yield s & 1; } }]; a = 9; while (a != 0) { a >>="
            + " sum & 1; sum++; } return (int) a + sum;",
        "return sum + pick(queue, switch (queue) { case 0 -> { while (maxPkts != 1) { maxPkts ="
            + " maxPkts * 5 + 1 & 255; } yield 3L; } default -> 4L; }, switch (maxPkts) { case 1 ->"
            + " { while (queue != 1) { queue = queue * 5 + 1 & 255; } yield this; } default ->"
            + " null; });",
      })
  void metersLoopsThatBeginWithDifferentOperandsOnTheStack(String body) {
    SortedMap<String, byte[]> classes = operands(body).compile();

    VerifiedClasses verified = HonestPluginTest.accepted(classes, ENTRY);

    assertThat(verified.report().loopsMetered()).isGreaterThan(1);
    assertThat(TestRegion.load(verified).poll())
        .isEqualTo(TestRegion.loadUnverified(classes, ENTRY).poll());
  }

  @Test
  void stopsEachOfTheLoopsThatBeginWithDifferentOperandsOnTheStack() {
    String body =
        "int a = queue + switch (maxPkts & 3) { case 0 -> { int s = 1; while (s != %d) { s = s * 5"
            + " + 1 & 255; } yield s; } default -> 0; }; int t = 3; while (t != %d) { t = t * 5 + 1"
            + " & 255; } return a + t;";

    assertThatThrownBy(region(operands(body.formatted(256, 0)))::poll)
        .isInstanceOf(FuelExhausted.class);
    assertThatThrownBy(region(operands(body.formatted(0, 256)))::poll)
        .isInstanceOf(FuelExhausted.class);
    assertThat(region(operands(body.formatted(7, 8))).poll()).isEqualTo(7 + 8);
  }

  private static PluginSource operands(String body) {
    return plugin()
        .members(
            """
            private final int[] table = {5, 6, 7, 8};
            private int sum;
            private static int pick(int a, long b, P c) { return a + (int) b + (c == null ? 1 : 0); }
            """)
        .poll(body);
  }

  @Test
  void stopsLoopsInTheConstructorAndInSwInit() {
    VerifiedClasses constructor =
        accepted(plugin().members("private int n; public P() { while (n >= 0) { n = 1; } }"));
    assertThatThrownBy(() -> TestRegion.load(constructor))
        .hasRootCauseInstanceOf(FuelExhausted.class);

    TestRegion region = region(plugin().body("swInit", "while (ps.numRxQueues() > 0) { }"));
    assertThatThrownBy(() -> region.plugin().swInit(region.state()))
        .isInstanceOf(FuelExhausted.class);
  }

  @Test
  void fillsTheFuelForEachCallAndSharesItBetweenMethods() {
    TestRegion region =
        region(
            plugin()
                .members(
                    """
                    private int left;
                    private int count(int n) { int k = 0; while (k < n) { k += step(); } return k; }
                    private int step() { int s = 0; while (s < 1) { s++; } return s; }
                    """)
                .poll("return count(100000);"));

    for (int i = 0; i < 100; i++) {
      assertThat(region.poll()).isEqualTo(100_000);
    }
  }

  @Test
  void stopsAllocationInSwInitAtTheBudget() {
    TestRegion many =
        region(
            plugin()
                .members("private long[] keep;")
                .body("swInit", "while (true) { keep = new long[1 << 10]; }"));
    assertThatThrownBy(() -> many.plugin().swInit(many.state())).isInstanceOf(FuelExhausted.class);
    assertThatThrownBy(() -> many.plugin().swInit(many.state()))
        .as("the budget is for the instance")
        .isInstanceOf(FuelExhausted.class);

    for (String length : new String[] {"1 << 15", "-1", "Integer.MAX_VALUE"}) {
      TestRegion large =
          region(
              plugin()
                  .members("private byte[][] keep;")
                  .body("swInit", "keep = new byte[" + length + "][];"));
      assertThatThrownBy(() -> large.plugin().swInit(large.state()))
          .isInstanceOf(FuelExhausted.class);
    }

    TestRegion objects =
        region(
            plugin()
                .members("private Node first; static final class Node { Node next; }")
                .body(
                    "swInit", "while (true) { Node n = new Node(); n.next = first; first = n; }"));
    assertThatThrownBy(() -> objects.plugin().swInit(objects.state()))
        .isInstanceOf(FuelExhausted.class);
  }

  @ParameterizedTest
  @CsvSource({"long, 8", "double, 8", "int, 4", "float, 4", "short, 2", "char, 2", "byte, 1"})
  void countsArraysAtWhatTheirElementsTake(String element, long bytes) {
    TestRegion region =
        region(
            plugin()
                .members(
                    "private int made; private %s[] last;".formatted(element)
                        + " private static final int LENGTH = 1 << 14;")
                .body(
                    "swInit", "while (true) { last = new %s[LENGTH]; made++; }".formatted(element))
                .body("checkTxRing", "return made;"));

    assertThatThrownBy(() -> region.plugin().swInit(region.state()))
        .isInstanceOf(FuelExhausted.class);

    long made = region.plugin().checkTxRing(region.state(), 0);
    long budget = 8 << 20;
    assertThat(made * bytes * (1 << 14)).isBetween(budget * 9 / 10, budget);
  }

  @Test
  void countsObjectsAtWhatTheirFieldsTake() {
    TestRegion region =
        region(
            plugin()
                .members(
                    "private int made; private Node last; static final class Node { long a; long b;"
                        + " long c; long d; long e; Node f; }")
                .body("swInit", "while (true) { last = new Node(); made++; }")
                .body("checkTxRing", "return made;"));

    assertThatThrownBy(() -> region.plugin().swInit(region.state()))
        .isInstanceOf(FuelExhausted.class);

    long made = region.plugin().checkTxRing(region.state(), 0);
    int headerBytes = 12;
    assertThat(made * (headerBytes + 6 * 8)).isBetween(1L << 20, 8L << 20);
  }

  @Test
  void provesCountingLoopsAndLeavesThemAlone() {
    Report report =
        accepted(
                plugin()
                    .members("private final int[] table = new int[16];")
                    .poll(
                        """
                        int sum = 0;
                        for (int i = 0; i < 16; i++) { sum += i; }
                        for (int i = 15; i >= 0; i--) { if (i == queue) continue; sum += i; }
                        for (int i = 0; i < table.length; i += 2) { sum += table[i]; }
                        for (int i = 0; i < (maxPkts & 31); i++) { sum += i; if (sum < 0) break; }
                        return sum;
                        """))
            .report();

    assertThat(report.loopsProved()).isEqualTo(4);
    assertThat(report.loopsMetered()).isZero();
    assertThat(report.worstCaseBytecodes().get("checkRxRing")).isLessThan(1L << 20);
  }

  @Test
  void acceptsAMeteredMethodWithAsManyLocalsAsThereMayBe() {
    StringBuilder locals = new StringBuilder();
    StringBuilder sum = new StringBuilder("v0");
    for (int i = 0; i < 60; i++) {
      locals.append("int v%d = queue + %d; ".formatted(i, i));
      sum.append(" + v%d".formatted(i));
    }
    String loop = "while (v0 != queue + 77 & v1 != 7) { v0 += v1; v1 = -v1; } ";
    PluginSource full = plugin().poll(locals + loop + "return " + sum + ";");

    assertThat(accepted(full).report().loopsMetered()).isOne();
  }

  @Test
  void acceptsAMethodAsLongAsItMayBeThatIsFullOfMeteredCalls() {
    PluginSource full =
        plugin()
            .members(
                "static int spin(int n) { int k = 0; while (n != 1) { n >>= k & 1; k++; } return k;"
                    + " }")
            .poll("int s = 0; " + "s += spin(s);".repeat(380) + " return s;");

    assertThat(accepted(full).report().loopsMetered()).isOne();
  }

  @Test
  void acceptsAMeteredLoopAroundAMethodOfManyMeteredLoops() {
    PluginSource many =
        plugin()
            .members(
                "static int spin(int n) { "
                    + "while (n != 1) { n = n * 5 + 1 & 255; } n++; ".repeat(9)
                    + " return n; }")
            .poll("while (queue != 2) { queue = spin(queue) * 5 + 1 & 255; } return queue;");

    assertThat(accepted(many).report().loopsMetered()).isEqualTo(10);
  }

  @Test
  void keepsWhatTheProgramComputes() {
    SortedMap<String, byte[]> classes = HonestSources.igb();
    TestRegion before = TestRegion.loadUnverified(classes, HonestSources.IGB);
    TestRegion after = TestRegion.load(HonestPluginTest.accepted(classes, HonestSources.IGB));

    assertThat(after.run()).isEqualTo(before.run());
    assertThat(after.events()).isEqualTo(before.events()).hasSizeGreaterThan(60);
    assertThat(after.memory()).isEqualTo(before.memory());
  }

  private static TestRegion region(PluginSource source) {
    return TestRegion.load(accepted(source));
  }

  private static VerifiedClasses accepted(PluginSource source) {
    return HonestPluginTest.accepted(source.compile(), ENTRY);
  }
}
