// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import static dev.npa.verifier.bytecode.PluginSource.ENTRY;
import static dev.npa.verifier.bytecode.PluginSource.plugin;
import static dev.npa.verifier.bytecode.WorldFixtures.withHelper;

import dev.npa.verifier.RuleId;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/// Classes and members of another shape than plain final classes with plain members.
final class ShapeFixtures {
  private ShapeFixtures() {}

  static List<Fixture> all() {
    return List.of(
        Fixture.of(
            RuleId.B016_CLASS_FLAGS,
            "C-08",
            "a class that is not final",
            ENTRY,
            () -> plugin().header("public class P implements NpaPlugin").compile(),
            () -> plugin().compile()),
        Fixture.of(
            RuleId.B016_CLASS_FLAGS,
            "H-06",
            "an enum",
            "acme/Mode",
            () -> withHelper("package acme; enum Mode { ON }"),
            () -> withHelper("package acme; final class Mode { static final int ON = 1; }")),
        Fixture.of(
            RuleId.B016_CLASS_FLAGS,
            "R-14 N-08",
            "a module descriptor",
            ENTRY,
            () -> Edit.entry(node -> node.access = Opcodes.ACC_MODULE),
            () -> plugin().compile()),
        Fixture.of(
            RuleId.B017_SUPERCLASS,
            "R-07 R-08",
            "a subclass of Thread",
            "acme/Helper",
            () -> withHelper("package acme; final class Helper extends Thread {}"),
            () -> withHelper("package acme; final class Helper {}")),
        Fixture.of(
            RuleId.B017_SUPERCLASS,
            "H-01",
            "an exception class",
            "acme/Fault",
            () -> withHelper("package acme; final class Fault extends RuntimeException {}"),
            () -> withHelper("package acme; final class Fault {}")),
        Fixture.of(
            RuleId.B018_INTERFACES,
            "R-13",
            "a serialisable class",
            ENTRY,
            () ->
                plugin()
                    .header("public final class P implements NpaPlugin, java.io.Serializable")
                    .compile(),
            () -> plugin().compile()),
        Fixture.of(
            RuleId.B018_INTERFACES,
            "H-03",
            "a second implementation of NpaPlugin",
            "acme/Helper",
            () ->
                withHelper(
                    plugin().header("public final class Helper implements NpaPlugin").text()),
            () -> withHelper("package acme; final class Helper {}")),
        Fixture.of(
            RuleId.B019_ENTRY_CLASS,
            "C-15",
            "an entry point that is missing",
            ENTRY,
            () -> Edit.entry(node -> node.methods.removeIf(m -> m.name.equals("checkTxRing"))),
            () -> plugin().compile()),
        Fixture.of(
            RuleId.B019_ENTRY_CLASS,
            "C-15",
            "a private constructor",
            ENTRY,
            () -> plugin().members("private P() {}").compile(),
            () -> plugin().members("public P() {}").compile()),
        Fixture.of(
            RuleId.B021_STATIC_STATE,
            "N-05",
            "a static variable",
            "acme/P.shared",
            () -> plugin().members("static int shared;").compile(),
            () -> plugin().members("static final int SHARED = 1 << 4;").compile()),
        Fixture.of(
            RuleId.B021_STATIC_STATE,
            "N-05",
            "a static table",
            "acme/P.TABLE",
            () -> plugin().members("static final int[] TABLE = {1, 2};").compile(),
            () -> plugin().members("private final int[] table = {1, 2};").compile()),
        Fixture.of(
            RuleId.B022_STATIC_INITIALIZER,
            "T-15",
            "code in a static initialiser",
            "acme/P.<clinit>",
            () -> plugin().members("static { for (int i = 0; i >= 0; i = 1) {} }").compile(),
            () -> plugin().members("{ for (int i = 0; i < 4; i++) {} }").compile()),
        Fixture.of(
            RuleId.B023_HIDDEN_CALLBACK,
            "T-16 C-12",
            "a finalizer",
            "acme/P.finalize",
            () -> plugin().members("protected void finalize() {}").compile(),
            () -> plugin().members("void complete() {}").compile()),
        Fixture.of(
            RuleId.B023_HIDDEN_CALLBACK,
            "H-02",
            "hashCode",
            "acme/P.hashCode",
            () -> plugin().members("public int hashCode() { while (true) {} }").compile(),
            () -> plugin().members("int hash() { return 1; }").compile()),
        Fixture.of(
            RuleId.B024_MONITOR,
            "T-13",
            "a synchronized method",
            "acme/P.lock",
            () -> plugin().members("synchronized void lock() {}").compile(),
            () -> plugin().members("void lock() {}").compile()),
        Fixture.of(
            RuleId.B024_MONITOR,
            "T-13",
            "a lock on an SDK object",
            "acme/P.checkRxRing",
            () -> plugin().poll("synchronized (ps) { queue++; }").compile(),
            () -> plugin().poll("queue++;").compile()),
        Fixture.of(
            RuleId.B025_NATIVE_METHOD,
            "R-12",
            "a native method",
            "acme/P.go",
            () -> plugin().members("native void go();").compile(),
            () -> plugin().members("void go() {}").compile()),
        Fixture.of(
            RuleId.B026_MEMBER_FLAGS,
            "C-08",
            "a volatile field",
            "acme/P.flag",
            () -> plugin().members("volatile int flag;").compile(),
            () -> plugin().members("int flag;").compile()),
        Fixture.of(
            RuleId.B026_MEMBER_FLAGS,
            "C-15",
            "a bridge method",
            "acme/P.go",
            () ->
                Edit.entry(
                    plugin().members("void go() {}"),
                    node -> Edit.method(node, "go").access |= Opcodes.ACC_BRIDGE),
            () -> plugin().members("void go() {}").compile()),
        Fixture.of(
            RuleId.B047_DUPLICATE_MEMBER,
            "C-05",
            "one method twice",
            ENTRY,
            () ->
                Edit.entry(
                    node -> {
                      MethodNode twin = Edit.method(node, "checkTxRing");
                      node.methods.add(twin);
                    }),
            () -> plugin().compile()),
        Fixture.of(
            RuleId.B047_DUPLICATE_MEMBER,
            "C-05",
            "one field twice",
            ENTRY,
            () ->
                Edit.entry(
                    node -> {
                      node.fields.add(new FieldNode(0, "n", "I", null, null));
                      node.fields.add(new FieldNode(0, "n", "I", null, null));
                    }),
            () -> plugin().members("int n; long m;").compile()));
  }
}
