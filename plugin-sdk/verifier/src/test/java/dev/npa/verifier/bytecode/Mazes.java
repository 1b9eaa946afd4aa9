// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Well-shaped plugins that are full to the caps of what the analysis of values does worst at:
/// every rule about shape lets them pass.
final class Mazes {
  private static final int METHODS = 48;
  private static final int FIELDS = 200;
  private static final int LOCALS = 50;

  private Mazes() {}

  /// By name; not compiled yet.
  static Map<String, Supplier<SortedMap<String, byte[]>>> all() {
    Map<String, Supplier<SortedMap<String, byte[]>>> mazes = new LinkedHashMap<>();
    mazes.put("nests of loops", plugin(each(36, i -> nest())));
    mazes.put(
        "loops in a row",
        plugin(each(140, i -> "while ((a ^ b) != c) { a += b; b -= " + i + "; }")));
    mazes.put(
        "diamonds",
        plugin(
            each(160, i -> "if ((a & " + (1 << i % 30) + ") != 0) { b += a; } else { c ^= b; }")));
    mazes.put(
        "diamonds in a loop",
        plugin(
            "while (a != b) {"
                + each(150, i -> "if (a > " + i + ") { b += c; } else { c -= b; }")
                + "}"));
    mazes.put(
        "fields in a loop",
        plugin(
            "while (a != b) { a++;"
                + each(200, i -> "f" + i % FIELDS + " += f" + (i * 7 + 1) % FIELDS + ";")
                + "}"));
    mazes.put(
        "fields in nests",
        plugin(
            each(
                14,
                i ->
                    "for (int i = 0; i < a; i++) { for (int j = i; j < f"
                        + i
                        + "; j++) { for (int k = 0; k != j; k++) { f"
                        + (i + 1)
                        + " += f"
                        + (i + 20)
                        + "; f"
                        + (i + 40)
                        + " = k; f"
                        + (i + 60)
                        + "--; } } }")));
    mazes.put(
        "locals in nests",
        plugin(
            locals()
                + each(
                    6,
                    i ->
                        "while (l1 < a) { while (l2 < l1) { while (l3 != l2) { "
                            + each(
                                40, j -> "l" + (j + i) % LOCALS + " += l" + (j + 1) % LOCALS + ";")
                            + " } } }")));
    mazes.put(
        "a switch in a loop",
        plugin(
            "while (a != b) { switch (a) {"
                + each(240, i -> "case " + i + ": b += c; break;")
                + "default: c++; } }"));
    mazes.put(
        "jumps into a switch",
        plugin(
            "for (int i = 0; i < 9; i++) { switch (a) {"
                + each(140, i -> "case " + i * 3 + ": a += " + i % 5 + ";")
                + "default: c++; } }"));
    mazes.put("one long way", plugin(each(380, i -> "a = a * b + (c >>> " + i % 31 + ");")));
    mazes.put(
        "arrays",
        plugin(
            "int[] x = table; for (int i = 0; i < x.length; i++) {"
                + each(150, i -> "x[a & 63] = x[i] + b; a += x[" + i % 64 + "];")
                + "}"));
    mazes.put("constructors with many ways out", CallMazes::manyWaysOut);
    mazes.put("all call all", CallMazes::allCallAll);
    mazes.put("a chain of fields that all read", CallMazes::chainOfFields);
    mazes.put("long names that end differently", CallMazes::longNames);
    mazes.put(
        "exits on one counter",
        plugin(
            locals()
                + "int n = 0; while (true) { n++;"
                + each(180, i -> "if (n == l" + i % LOCALS + ") { break; }")
                + "}"));
    mazes.put(
        "relations of all to all",
        plugin(
            locals()
                + "for (int n = 0; n < a; n++) {"
                + each(
                    LOCALS,
                    i -> "if (l" + i + " < l" + (i + 1) % LOCALS + ") { l" + i + " = b - 1; }")
                + "}"));
    return mazes;
  }

  private static String nest() {
    return "for (int i = 0; i < a; i++) { for (int j = i; j < b; j++) { for (int k = j; k > c; k--)"
        + " { for (int l = 0; l != k; l += 2) { c += l; } } } }";
  }

  private static String locals() {
    return each(LOCALS, i -> "int l" + i + " = a + " + i + ";");
  }

  static String each(int count, IntFunction<String> statement) {
    return IntStream.range(0, count).mapToObj(statement).collect(Collectors.joining("\n"));
  }

  /// The body in many methods, each of which calls one of the next, so that all tell each other.
  private static Supplier<SortedMap<String, byte[]>> plugin(String body) {
    String fields = each(FIELDS, i -> "int f" + i + ";");
    String methods =
        each(
            METHODS,
            i ->
                "private int m"
                    + i
                    + "(int a, int b, int c) {"
                    + body
                    + (i % 6 == 5 ? "" : " f" + i + " = m" + (i + 1) + "(b, a, c);")
                    + " return a + b + c; }");
    String calls = each(METHODS / 6, i -> "m" + i * 6 + "(queue, maxPkts, f" + i + ");");
    PluginSource source =
        PluginSource.plugin()
            .members("private final int[] table = new int[64];" + fields + methods)
            .poll(calls);
    return source::compile;
  }
}
