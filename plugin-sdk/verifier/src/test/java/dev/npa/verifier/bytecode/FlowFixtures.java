// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import static dev.npa.verifier.bytecode.PluginSource.plugin;

import dev.npa.verifier.RuleId;
import java.util.List;
import java.util.SortedMap;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.VarInsnNode;

/// Methods whose control flow or calls have no bound.
final class FlowFixtures {
  private FlowFixtures() {}

  static List<Fixture> all() {
    return List.of(
        Fixture.of(
            RuleId.B036_RECURSION,
            "T-04",
            "two methods that call each other",
            "acme/P.",
            () ->
                plugin()
                    .members("int a(int n) { return b(n); } int b(int n) { return a(n); }")
                    .poll("return a(1);")
                    .compile(),
            () ->
                plugin()
                    .members("int a(int n) { return b(n) + b(n); } int b(int n) { return n; }")
                    .poll("return a(1);")
                    .compile()),
        Fixture.of(
            RuleId.B037_CALL_DEPTH,
            "T-05",
            "nine frames",
            "acme/P.checkRxRing",
            () -> chain(8, ""),
            () -> chain(7, "")),
        Fixture.of(
            RuleId.B038_STACK_FRAMES,
            "T-05",
            "large frames",
            "acme/P.checkRxRing",
            () -> chain(7, locals(70)),
            () -> chain(7, locals(20))),
        Fixture.of(
            RuleId.B039_IRREDUCIBLE_FLOW,
            "T-03",
            "a loop with two entries",
            "acme/P.checkRxRing",
            FlowFixtures::twoEntries,
            () -> plugin().compile()),
        Fixture.of(
            RuleId.B040_LOOP_DEPTH,
            "C-11",
            "five nested loops",
            "acme/P.checkRxRing",
            () -> nested(5),
            () -> nested(4)),
        Fixture.of(
            RuleId.B041_COST,
            "T-01 T-20",
            "a thousand calls of a thousand calls of a thousand calls",
            "acme/P.",
            () -> fanOut(500),
            () -> fanOut(20)));
  }

  private static SortedMap<String, byte[]> chain(int methods, String statements) {
    StringBuilder members = new StringBuilder();
    for (int i = 1; i < methods; i++) {
      members.append("int m%d(int n) { %s return m%d(n) + 1; }%n".formatted(i, statements, i + 1));
    }
    members.append("int m%d(int n) { %s return n; }".formatted(methods, statements));
    return plugin().members(members.toString()).poll("return m1(0);").compile();
  }

  private static String locals(int slots) {
    StringBuilder statements = new StringBuilder();
    // Within the cap of 64 per method, so longs are not used and only 60 at most are declared.
    for (int i = 0; i < Math.min(slots, 60); i++) {
      statements.append("int v%d = n + %d;".formatted(i, i));
    }
    if (slots > 60) {
      statements.append("n = v0");
      for (int i = 1; i < 60; i++) {
        statements.append(" + (v%d".formatted(i));
      }
      statements.append(")".repeat(59)).append(";");
    }
    return statements.toString();
  }

  private static SortedMap<String, byte[]> nested(int loops) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < loops; i++) {
      body.append("for (int i%d = 0; i%d < 3; i%d++) { ".formatted(i, i, i));
    }
    return plugin().poll(body + "queue++;" + " }".repeat(loops)).compile();
  }

  private static SortedMap<String, byte[]> fanOut(int calls) {
    String members =
        "static int a() { return 1; }"
            + "static int b() { "
            + "a();".repeat(calls)
            + " return 1; }"
            + "static int c() { "
            + "b();".repeat(calls)
            + " return 1; }"
            + "static int d() { "
            + "c();".repeat(calls)
            + " return 1; }";
    return plugin().members(members).poll("return d();").compile();
  }

  private static SortedMap<String, byte[]> twoEntries() {
    LabelNode first = new LabelNode();
    LabelNode second = new LabelNode();
    return Edit.poll(
        new VarInsnNode(Opcodes.ILOAD, 2),
        new JumpInsnNode(Opcodes.IFEQ, second),
        first,
        new InsnNode(Opcodes.NOP),
        new JumpInsnNode(Opcodes.GOTO, second),
        second,
        new InsnNode(Opcodes.NOP),
        new VarInsnNode(Opcodes.ILOAD, 3),
        new JumpInsnNode(Opcodes.IFNE, first),
        new InsnNode(Opcodes.ICONST_0),
        new InsnNode(Opcodes.IRETURN));
  }
}
