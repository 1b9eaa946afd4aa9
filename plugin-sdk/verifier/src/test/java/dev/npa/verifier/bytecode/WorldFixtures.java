// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import static dev.npa.verifier.bytecode.PluginSource.ENTRY;
import static dev.npa.verifier.bytecode.PluginSource.plugin;

import dev.npa.verifier.RuleId;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/// Plugins that name what is not theirs.
final class WorldFixtures {
  private static final String POLL = "acme/P.checkRxRing(Ldev/npa/plugin/PluginState;II)I@";

  private WorldFixtures() {}

  static List<Fixture> all() {
    return List.of(
        Fixture.of(
            RuleId.B007_CLASS_NAME_MISMATCH,
            "N-03",
            "a class stored under another name",
            "acme/Q",
            WorldFixtures::renamedEntry,
            () -> plugin().compile()),
        Fixture.of(
            RuleId.B008_NAME_CHARACTERS,
            "C-06 N-04",
            "a field name with a letter outside ASCII",
            ENTRY,
            () -> plugin().members("int \u00e4;").compile(),
            () -> plugin().members("int a;").compile()),
        Fixture.of(
            RuleId.B008_NAME_CHARACTERS,
            "T-19",
            "a source file name that forges a log line",
            ENTRY,
            () -> Edit.entry(node -> node.sourceFile = "P.java\n[INFO] all good"),
            () -> Edit.entry(node -> node.sourceFile = "P.java")),
        Fixture.of(
            RuleId.B009_RESERVED_NAME,
            "N-01 N-02",
            "a class in the SDK's package",
            "dev/npa/plugin/Fake",
            () -> withHelper("package dev.npa.plugin; final class Fake {}"),
            () -> withHelper("package acme.helper; final class Helper {}")),
        Fixture.of(
            RuleId.B009_RESERVED_NAME,
            "N-02",
            "a meter of the vendor's",
            "acme/P$NpaMeter",
            () -> plugin().members("static final class NpaMeter {}").compile(),
            () -> plugin().members("static final class Meter {}").compile()),
        Fixture.of(
            RuleId.B010_FOREIGN_CLASS,
            "R-01",
            "a call of Runtime.exit",
            POLL,
            () -> plugin().poll("Runtime.getRuntime().exit(1);").compile(),
            () -> plugin().poll("return Math.max(1, 0);").compile()),
        Fixture.of(
            RuleId.B010_FOREIGN_CLASS,
            "R-09",
            "a cast to an array of a forbidden class",
            POLL,
            () ->
                Edit.poll(
                    Edit.returnZeroAfter(
                        new InsnNode(Opcodes.ACONST_NULL),
                        new TypeInsnNode(Opcodes.CHECKCAST, "[Ljava/lang/Thread;"),
                        new InsnNode(Opcodes.POP))),
            () ->
                Edit.poll(
                    Edit.returnZeroAfter(
                        new InsnNode(Opcodes.ACONST_NULL),
                        new TypeInsnNode(Opcodes.CHECKCAST, "[Lacme/P;"),
                        new InsnNode(Opcodes.POP)))),
        Fixture.of(
            RuleId.B010_FOREIGN_CLASS,
            "R-10",
            "System.out",
            POLL,
            () -> plugin().poll("System.out.println();").compile(),
            () -> plugin().members("int out;").poll("return out;").compile()),
        Fixture.of(
            RuleId.B011_FOREIGN_FIELD,
            "R-10",
            "a field of a class that lends its methods",
            POLL,
            () -> plugin().poll("Object type = Integer.TYPE;").compile(),
            () -> plugin().members("int out;").poll("return out;").compile()),
        Fixture.of(
            RuleId.B010_FOREIGN_CLASS,
            "R-17",
            "System.nanoTime",
            POLL,
            () -> plugin().poll("return (int) System.nanoTime();").compile(),
            () -> plugin().poll("return Integer.reverseBytes(1);").compile()),
        Fixture.of(
            RuleId.B012_FOREIGN_METHOD,
            "R-02 N-06",
            "getClass",
            POLL,
            () -> plugin().poll("getClass();").compile(),
            () -> plugin().compile()),
        Fixture.of(
            RuleId.B012_FOREIGN_METHOD,
            "R-07",
            "an inherited method named through an own class",
            POLL,
            () ->
                Edit.poll(
                    Edit.returnZeroAfter(
                        new VarInsnNode(Opcodes.ALOAD, 0),
                        new MethodInsnNode(Opcodes.INVOKEVIRTUAL, ENTRY, "notify", "()V", false))),
            () -> plugin().compile()),
        Fixture.of(
            RuleId.B012_FOREIGN_METHOD,
            "C-12",
            "a constructor of the shell's",
            POLL,
            () -> plugin().poll("new SendInfo();").compile(),
            () -> plugin().compile()),
        Fixture.of(
            RuleId.B012_FOREIGN_METHOD,
            "R-09",
            "clone of an array",
            POLL,
            () -> plugin().members("int[] a;").poll("a.clone();").compile(),
            () -> plugin().members("int[] a;").poll("return a.length;").compile()),
        Fixture.of(
            RuleId.B013_FOREIGN_TYPE,
            "N-09 R-16",
            "a field of a forbidden type",
            "acme/P.t",
            () -> plugin().members("Thread t;").compile(),
            () -> plugin().members("DmaRegion t;").compile()),
        Fixture.of(
            RuleId.B013_FOREIGN_TYPE,
            "C-16",
            "a parameter of an interface type",
            "acme/P.take",
            () -> plugin().members("void take(NpaPlugin p) {}").compile(),
            () -> plugin().members("void take(P p) {}").compile()),
        Fixture.of(
            RuleId.B014_INACCESSIBLE_MEMBER,
            "N-07",
            "a private field of a stranger",
            POLL,
            () ->
                Edit.named(
                    withHelper("package acme; final class Helper { private int n; }"),
                    ENTRY,
                    node ->
                        Edit.method(node, "checkRxRing")
                            .instructions
                            .insert(
                                Edit.list(
                                    new InsnNode(Opcodes.ACONST_NULL),
                                    new FieldInsnNode(Opcodes.GETFIELD, "acme/Helper", "n", "I"),
                                    new InsnNode(Opcodes.POP)))),
            () ->
                plugin()
                    .members("static final class In { private int n; } private In in;")
                    .poll("return in.n;")
                    .compile()),
        Fixture.of(
            RuleId.B020_NEST,
            "N-07",
            "a nest with a class of the SDK",
            ENTRY,
            () -> Edit.entry(node -> node.nestHostClass = "dev/npa/plugin/ShellApi"),
            () -> plugin().members("static final class In { private int n; }").compile()));
  }

  static SortedMap<String, byte[]> withHelper(String source) {
    SortedMap<String, byte[]> classes = new TreeMap<>(plugin().compile());
    classes.putAll(Javac.compile(source));
    return classes;
  }

  private static SortedMap<String, byte[]> renamedEntry() {
    return Edit.entry(node -> node.name = "acme/Q");
  }
}
