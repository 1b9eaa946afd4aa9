// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import static dev.npa.verifier.bytecode.PluginSource.plugin;

import dev.npa.verifier.RuleId;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/// Attacks that a closed world stops before anybody has to know them: what they reach for is not
/// there. Each is written as an attacker would write it.
final class AttackFixtures {
  private static final String POLL = "acme/P.checkRxRing(Ldev/npa/plugin/PluginState;II)I@";
  private static final RuleId CLASS = RuleId.B010_FOREIGN_CLASS;
  private static final RuleId METHOD = RuleId.B012_FOREIGN_METHOD;

  private AttackFixtures() {}

  static List<Fixture> all() {
    return List.of(
        Fixture.of(
            CLASS,
            "R-11",
            "a method handle called with a made-up type",
            POLL,
            AttackFixtures::polymorphicCall,
            () -> plugin().compile()),
        Fixture.of(
            RuleId.B023_HIDDEN_CALLBACK,
            "R-13",
            "a hook of deserialisation",
            "acme/P.readObject",
            () ->
                plugin()
                    .members(
                        "private void readObject(java.io.ObjectInputStream in) throws"
                            + " java.io.IOException {}")
                    .compile(),
            () -> plugin().members("private void readFrame(int in) {}").compile()),
        Fixture.of(
            RuleId.B015_CALL_KIND,
            "R-08",
            "a method of Object, past the override",
            POLL,
            () ->
                plugin()
                    .members("public int hashCode() { return 1; }")
                    .poll("return super.hashCode();")
                    .compile(),
            () ->
                plugin().members("int number() { return 1; }").poll("return number();").compile()),
        poll(CLASS, "R-16", "a library that calls back", "java.util.Objects.requireNonNull(ps);"),
        poll(CLASS, "R-17 R-18", "the current thread", "Thread.currentThread();"),
        poll(CLASS, "R-18", "a clock for a side channel", "queue = (int) System.nanoTime();"),
        poll(CLASS, "T-08", "a library's loop", "System.arraycopy(ps, 0, ps, 0, 1 << 30);"),
        poll(METHOD, "T-08 T-09", "a number as text", "Integer.toString(queue);"),
        poll(CLASS, "T-10", "memory outside of the heap", "java.nio.ByteBuffer.allocateDirect(9);"),
        poll(CLASS, "T-11", "a thread", "new Thread().start();"),
        poll(CLASS, "T-11", "a pool of threads", "java.util.concurrent.ForkJoinPool.commonPool();"),
        poll(CLASS, "T-12", "parking", "java.util.concurrent.locks.LockSupport.park();"),
        poll(METHOD, "T-12", "waking who waits on an SDK object", "ps.notifyAll();"),
        poll(CLASS, "T-14", "text for ever", "\"x\".intern();"),
        poll(CLASS, "R-01 T-11", "ending the machine", "Runtime.getRuntime().halt(1);"),
        Fixture.of(
            RuleId.B006_CONSTANT_KIND,
            "H-06",
            "a record, whose methods are linked at run time",
            "acme/R",
            () -> WorldFixtures.withHelper("package acme; record R(int a) {}"),
            () -> WorldFixtures.withHelper("package acme; final class R { int a; }")),
        Fixture.of(
            RuleId.B022_STATIC_INITIALIZER,
            "H-06",
            "an assertion",
            "acme/P.<clinit>",
            () -> plugin().poll("assert queue > 0;").compile(),
            () -> plugin().poll("return queue > 0 ? 0 : 1;").compile()),
        Fixture.of(
            RuleId.B016_CLASS_FLAGS,
            "H-06",
            "a switch over an enum",
            "acme/P$1",
            AttackFixtures::enumSwitch,
            () -> plugin().poll("switch (queue) { case 1: return 1; default: }").compile()));
  }

  /// The neighbour of all of these is a plugin that stays at home.
  private static Fixture poll(RuleId rule, String attack, String name, String statements) {
    Supplier<SortedMap<String, byte[]>> honest =
        () -> plugin().poll("queue = Math.max(queue, 0); return queue;").compile();
    return Fixture.of(rule, attack, name, POLL, () -> plugin().poll(statements).compile(), honest);
  }

  private static SortedMap<String, byte[]> polymorphicCall() {
    return Edit.poll(
        Edit.returnZeroAfter(
            new InsnNode(Opcodes.ACONST_NULL),
            new MethodInsnNode(
                Opcodes.INVOKEVIRTUAL,
                "java/lang/invoke/MethodHandle",
                "invokeExact",
                "()V",
                false)));
  }

  private static SortedMap<String, byte[]> enumSwitch() {
    return Javac.compile(
        plugin().members("Mode mode;").poll("switch (mode) { case ON: return 1; default: }").text(),
        "package acme; enum Mode { ON }");
  }
}
