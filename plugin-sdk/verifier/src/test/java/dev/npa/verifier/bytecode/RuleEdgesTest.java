// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import static dev.npa.verifier.bytecode.PluginSource.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/// Where rules begin to refuse: each condition alone, on both sides. The fixtures have one plugin
/// for each rule; here are the others.
class RuleEdgesTest {
  private static final String OTHER =
      "package other; public final class H { public int f; public int m() { return f; } public H()"
          + " {} }";
  private static final String USE =
      "private other.H h; static int use(other.H h) { return h.f + h.m(); }";

  @ParameterizedTest
  @CsvSource({
    "1, 1, true",
    "1, 0, false",
    "1, 2, false",
    "1, 4, false",
    "0, 1, false",
    "0, 0, false",
  })
  void letsAnotherPackageUsePublicMembersOfPublicClassesAlone(
      int ofClass, int ofMember, boolean accepted) {
    SortedMap<String, byte[]> classes = twoPackages("h = new other.H();");
    SortedMap<String, byte[]> changed =
        Edit.named(
            classes,
            "other/H",
            node -> {
              node.access = Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | ofClass;
              node.fields.getFirst().access = ofMember;
              node.methods.forEach(method -> method.access = ofMember);
            });

    if (accepted) {
      assertThat(rules(changed)).isEmpty();
    } else {
      assertThat(rules(changed)).containsOnly(RuleId.B014_INACCESSIBLE_MEMBER);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"f", "m"})
  void hidesFieldAndMethodAlike(String member) {
    SortedMap<String, byte[]> changed =
        Edit.named(
            twoPackages("h = new other.H();"),
            "other/H",
            node -> {
              node.fields.stream().filter(f -> f.name.equals(member)).forEach(f -> f.access = 0);
              node.methods.stream().filter(m -> m.name.equals(member)).forEach(m -> m.access = 0);
            });

    assertThat(rules(changed)).containsExactly(RuleId.B014_INACCESSIBLE_MEMBER);
  }

  @Test
  void keepsPrivateMembersToTheNest() {
    String nested = "static final class N { private int v; } private N n = new N();";
    assertThat(rules(plugin().members(nested).poll("n.v = 3;").compile())).isEmpty();

    SortedMap<String, byte[]> neighbours =
        Javac.compile(
            "package acme; final class Q { int v; int w() { return v; } }",
            plugin().members("Q q;").poll("q.v = q.w();").text());
    assertThat(rules(neighbours)).isEmpty();
    for (boolean field : new boolean[] {true, false}) {
      assertThat(
              rules(
                  Edit.named(
                      neighbours,
                      "acme/Q",
                      node -> {
                        if (field) {
                          node.fields.getFirst().access = Opcodes.ACC_PRIVATE;
                        } else {
                          Edit.method(node, "w").access = Opcodes.ACC_PRIVATE;
                        }
                      })))
          .containsExactly(RuleId.B014_INACCESSIBLE_MEMBER);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "own, INVOKEVIRTUAL, INVOKESTATIC",
    "own, INVOKEVIRTUAL, INVOKESPECIAL",
    "own, INVOKEVIRTUAL, INVOKEINTERFACE",
    "fixed, INVOKESTATIC, INVOKEVIRTUAL",
    "fixed, INVOKESTATIC, INVOKESPECIAL",
    "bitCount, INVOKESTATIC, INVOKEVIRTUAL",
    "numRxQueues, INVOKEVIRTUAL, INVOKESTATIC",
    "numRxQueues, INVOKEVIRTUAL, INVOKESPECIAL",
    "<init>, INVOKESPECIAL, INVOKEVIRTUAL",
    "<init>, INVOKESPECIAL, INVOKESTATIC",
  })
  void refusesACallOfAnotherKind(String callee, String kind, String instead)
      throws ReflectiveOperationException {
    int from = Opcodes.class.getField(kind).getInt(null);
    int to = Opcodes.class.getField(instead).getInt(null);
    SortedMap<String, byte[]> calls = calls();
    assertThat(rules(calls)).isEmpty();

    assertThat(
            rules(
                changed(
                    calls,
                    insn -> {
                      if (insn instanceof MethodInsnNode call
                          && call.name.equals(callee)
                          && call.getOpcode() == from) {
                        call.setOpcode(to);
                        call.itf = to == Opcodes.INVOKEINTERFACE;
                      }
                    })))
        .contains(RuleId.B015_CALL_KIND);
  }

  @Test
  void refusesACallThroughWhatClaimsToBeAnInterface() {
    assertThat(
            rules(
                changed(
                    calls(),
                    insn -> {
                      if (insn instanceof MethodInsnNode call && call.name.equals("own")) {
                        call.itf = true;
                      }
                    })))
        .contains(RuleId.B015_CALL_KIND);
  }

  @Test
  void refusesAFieldOfAnotherKind() {
    assertThat(
            rules(
                changed(
                    calls(),
                    insn -> {
                      if (insn instanceof FieldInsnNode use
                          && use.getOpcode() == Opcodes.GETFIELD) {
                        use.setOpcode(Opcodes.GETSTATIC);
                      }
                    })))
        .contains(RuleId.B015_CALL_KIND);
  }

  @Test
  void countsTheDeepestOfSeveralCalls() {
    StringBuilder deep = new StringBuilder("int idle() { return 0; } int m8(int n) { return n; }");
    for (int i = 1; i < 8; i++) {
      deep.append("int m%d(int n) { return m%d(n) + idle(); }".formatted(i, i + 1));
    }
    assertThat(rules(plugin().members(deep.toString()).poll("return m2(0) + idle();").compile()))
        .isEmpty();
    assertThat(rules(plugin().members(deep.toString()).poll("return m1(0) + idle();").compile()))
        .containsExactly(RuleId.B037_CALL_DEPTH);
  }

  @Test
  void takesANestOnlyFromBothSides() {
    SortedMap<String, byte[]> nest =
        plugin().members("static final class N { int v; } N n;").compile();
    assertThat(rules(nest)).isEmpty();

    Stream.<Consumer<ClassNode>>of(
            host -> host.nestMembers = null,
            host -> host.nestMembers.add("acme/Nobody"),
            host -> host.nestHostClass = "acme/P$N",
            host -> host.nestHostClass = "acme/Nobody")
        .forEach(
            change ->
                assertThat(rules(Edit.named(nest, PluginSource.ENTRY, change)))
                    .contains(RuleId.B020_NEST));
    Stream.<Consumer<ClassNode>>of(
            member -> member.nestHostClass = null,
            member -> member.nestHostClass = "acme/Nobody",
            member -> member.nestHostClass = "acme/P$N")
        .forEach(
            change ->
                assertThat(rules(Edit.named(nest, "acme/P$N", change))).contains(RuleId.B020_NEST));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, Opcodes.ACC_PRIVATE, Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC})
  void wantsEachEntryPointPublicAndOfTheInstance(int access) {
    for (String name : List.of("swInit", "checkRxRing", "addBuffersToRxRing")) {
      assertThat(rules(Edit.entry(node -> Edit.method(node, name).access = access)))
          .as(name)
          .contains(RuleId.B019_ENTRY_CLASS);
    }
  }

  @Test
  void wantsAnEntryClassThatIsThereAndPublic() {
    SortedMap<String, byte[]> classes = plugin().compile();
    assertThat(rules(classes, "")).contains(RuleId.B019_ENTRY_CLASS);
    assertThat(rules(classes, "acme/Q")).contains(RuleId.B019_ENTRY_CLASS);
    assertThat(rules(Edit.entry(node -> node.access = Opcodes.ACC_FINAL | Opcodes.ACC_SUPER)))
        .containsExactly(RuleId.B019_ENTRY_CLASS);
    assertThat(rules(Edit.entry(node -> node.interfaces.clear()))).contains(RuleId.B018_INTERFACES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a-b", "1a", "a b", "\u00e4", "a/b"})
  void wantsPlainNames(String name) {
    assertThat(rules(plugin().members("int ok;").compile())).isEmpty();
    assertThat(
            rules(
                Edit.entry(
                    plugin().members("int ok;"), node -> node.fields.getFirst().name = name)))
        .isNotEmpty();
    assertThat(
            rules(
                Edit.entry(
                    plugin().members("void ok() {}"), node -> Edit.method(node, "ok").name = name)))
        .isNotEmpty();
    assertThat(rules(Edit.entry(node -> node.sourceFile = name + "/P.java"))).isNotEmpty();
  }

  @Test
  void wantsEachMemberOnce() {
    assertThat(
            rules(
                Edit.entry(
                    plugin().members("int n;"), node -> node.fields.add(node.fields.getFirst()))))
        .contains(RuleId.B047_DUPLICATE_MEMBER);
    assertThat(rules(Edit.entry(node -> node.interfaces.add(node.interfaces.getFirst()))))
        .containsExactly(RuleId.B047_DUPLICATE_MEMBER);
    assertThat(
            rules(
                Edit.entry(
                    plugin().members("void a() {} void b() {}"),
                    node -> Edit.method(node, "b").name = "a")))
        .contains(RuleId.B047_DUPLICATE_MEMBER);
  }

  @Test
  void allowsConstantsAndNoOtherStatics() {
    assertThat(rules(plugin().members("static final String NAME = \"x\";").compile())).isEmpty();
    assertThat(
            rules(
                Edit.entry(
                    plugin().members("static final String NAME = \"x\";"),
                    node -> node.fields.getFirst().value = null)))
        .contains(RuleId.B021_STATIC_STATE, RuleId.B013_FOREIGN_TYPE);
    assertThat(
            rules(
                Edit.entry(
                    plugin().members("static final int N = 3;"),
                    node -> node.fields.getFirst().access = Opcodes.ACC_FINAL)))
        .contains(RuleId.B021_STATIC_STATE);
  }

  @ParameterizedTest
  @CsvSource({"' ', true", "~, true", "'\u007f', false", "'\u001f', false"})
  void takesPrintableTextUpToItsEnds(String character, boolean accepted) {
    assertThat(
            rules(
                    plugin()
                        .poll("ps.shellApi().log(1, \"" + escaped(character) + "\", 0);")
                        .compile())
                .isEmpty())
        .isEqualTo(accepted);
  }

  private static String escaped(String character) {
    return character.charAt(0) < ' '
        ? "\\" + Integer.toOctalString(character.charAt(0))
        : character;
  }

  private static SortedMap<String, byte[]> calls() {
    return plugin()
        .members("int f; int own() { return f; } static int fixed(int n) { return n; }")
        .poll("return own() + fixed(Integer.bitCount(queue)) + ps.numRxQueues();")
        .compile();
  }

  private static SortedMap<String, byte[]> twoPackages(String init) {
    return new TreeMap<>(
        Javac.compile(
            OTHER, plugin().members(USE).body("swInit", init).poll("return use(h);").text()));
  }

  private static SortedMap<String, byte[]> changed(
      SortedMap<String, byte[]> classes, Consumer<AbstractInsnNode> change) {
    return Edit.named(
        classes,
        PluginSource.ENTRY,
        node ->
            node.methods.forEach(
                method -> Arrays.stream(method.instructions.toArray()).forEach(change)));
  }

  private static List<RuleId> rules(SortedMap<String, byte[]> classes) {
    return rules(classes, PluginSource.ENTRY);
  }

  private static List<RuleId> rules(SortedMap<String, byte[]> classes, String entry) {
    return switch (BytecodeGate.verify(classes, entry)) {
      case Verdict.Accepted<VerifiedClasses> accepted -> List.of();
      case Verdict.Refused<VerifiedClasses>(List<Refusal> refusals) ->
          refusals.stream().map(Refusal::rule).toList();
    };
  }
}
