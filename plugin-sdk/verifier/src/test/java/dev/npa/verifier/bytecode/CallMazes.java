// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import static dev.npa.verifier.bytecode.Mazes.each;

import java.util.SortedMap;

/// Well-shaped plugins that cost the analysis of values much by what their methods tell each other.
final class CallMazes {
  private static final int LAYERS = 7;
  private static final int WIDTH = 32;

  private CallMazes() {}

  /// What a constructor leaves is looked at wherever it returns.
  static SortedMap<String, byte[]> manyWaysOut() {
    int classes = 40;
    String fields = each(250, i -> "private int f" + i + ";");
    String[] sources = new String[classes];
    for (int c = 1; c < classes; c++) {
      sources[c] =
          "package acme; final class C%d { %s C%d(int a, int b) { %s } }"
              .formatted(
                  c, fields, c, each(350, i -> "f" + i % 250 + " = a; if (a == b) { return; }"));
    }
    sources[0] =
        PluginSource.plugin()
            .body("swInit", each(classes - 1, i -> "new C" + (i + 1) + "(3, " + i + ");"))
            .text();
    return Javac.compile(sources);
  }

  /// Each method of a layer calls all of the next, with other arguments, and stores a field.
  static SortedMap<String, byte[]> allCallAll() {
    String methods =
        each(
            LAYERS,
            layer ->
                each(
                    WIDTH,
                    i ->
                        "private int m%d(int a) { f%d += a; return a%s; }"
                            .formatted(
                                layer * WIDTH + i,
                                layer * WIDTH + i,
                                layer == LAYERS - 1
                                    ? ""
                                    : each(
                                        WIDTH,
                                        j ->
                                            " + m%d(a + %d)"
                                                .formatted((layer + 1) * WIDTH + j, j)))));
    return PluginSource.plugin()
        .members(each(LAYERS * WIDTH, i -> "private int f" + i + ";") + methods)
        .poll(each(WIDTH, i -> "m" + i + "(queue);"))
        .compile();
  }

  /// Each round of the analysis learns about one field more, which all methods read.
  static SortedMap<String, byte[]> chainOfFields() {
    int length = 48;
    String methods =
        each(
            length,
            i ->
                "private int m%d() { int s = 0; %s f%d = f%d + 1; return s; }"
                    .formatted(
                        i, each(200, j -> "s += f" + j % length + ";"), (i + 1) % length, i));
    return PluginSource.plugin()
        .members(each(length, i -> "private int f" + i + ";") + methods)
        .poll(each(length, i -> "m" + (length - 1 - i) + "();"))
        .compile();
  }

  /// Names are told apart at their last letters only.
  static SortedMap<String, byte[]> longNames() {
    String name = "x".repeat(240);
    int fields = 200;
    String methods =
        each(
            40,
            m ->
                "private int m%d(int a) { while (a > 0) { a--; %s } return a; }"
                    .formatted(
                        m,
                        each(
                            300,
                            i -> name + (i * 7 + m) % fields + " = " + name + i % fields + ";")));
    return PluginSource.plugin()
        .members(each(fields, i -> "private int " + name + i + ";") + methods)
        .poll(each(40, m -> "m" + m + "(queue);"))
        .compile();
  }
}
