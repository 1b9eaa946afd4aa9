// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import static dev.npa.verifier.bytecode.PluginSource.ENTRY;
import static dev.npa.verifier.bytecode.PluginSource.plugin;

import dev.npa.verifier.RuleId;
import java.util.List;
import java.util.SortedMap;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/// Methods with instructions that the profile does not have.
final class CodeFixtures {
  private static final String POLL = "acme/P.checkRxRing(Ldev/npa/plugin/PluginState;II)I@";

  private CodeFixtures() {}

  static List<Fixture> all() {
    return List.of(
        Fixture.of(
            RuleId.B015_CALL_KIND,
            "R-08",
            "a call of super",
            POLL,
            () ->
                Edit.entry(
                    plugin().members("void go() {}").poll("go();"),
                    node ->
                        Edit.method(node, "checkRxRing")
                            .instructions
                            .forEach(
                                i -> {
                                  if (i instanceof MethodInsnNode m && m.name.equals("go")) {
                                    m.setOpcode(Opcodes.INVOKESPECIAL);
                                  }
                                })),
            () -> plugin().members("void go() {}").poll("go();").compile()),
        Fixture.of(
            RuleId.B015_CALL_KIND,
            "H-03 T-04",
            "a call of itself through the interface",
            POLL,
            () -> plugin().poll("NpaPlugin self = this; self.checkTxRing(ps, 0);").compile(),
            () -> plugin().compile()),
        Fixture.of(
            RuleId.B027_EXCEPTION_HANDLER,
            "T-06",
            "a loop that swallows every error",
            POLL,
            () ->
                plugin()
                    .poll("while (true) { try { while (true) {} } catch (Throwable t) {} }")
                    .compile(),
            () -> plugin().poll("while (true) {}").compile()),
        Fixture.of(
            RuleId.B027_EXCEPTION_HANDLER,
            "T-02",
            "a handler that covers itself",
            POLL,
            CodeFixtures::selfCoveringHandler,
            () -> plugin().compile()),
        Fixture.of(
            RuleId.B028_THROW,
            "H-01",
            "a throw",
            POLL,
            () -> Edit.poll(new InsnNode(Opcodes.ACONST_NULL), new InsnNode(Opcodes.ATHROW)),
            () -> plugin().compile()),
        Fixture.of(
            RuleId.B029_FORBIDDEN_INSTRUCTION,
            "T-09",
            "multianewarray",
            "acme/P.swInit",
            () -> plugin().members("int[][] a;").body("swInit", "a = new int[2][2];").compile(),
            () -> plugin().members("int[][] a;").body("swInit", "a = new int[2][];").compile()),
        Fixture.of(
            RuleId.B029_FORBIDDEN_INSTRUCTION,
            "C-01",
            "a subroutine",
            POLL,
            CodeFixtures::subroutine,
            () -> plugin().compile()),
        Fixture.of(
            RuleId.B029_FORBIDDEN_INSTRUCTION,
            "C-07",
            "a 32-bit jump",
            "acme/P.checkRxRing",
            FarJump::plugin,
            () -> plugin().compile()),
        Fixture.of(
            RuleId.B030_STRING_TEXT,
            "T-19",
            "a message that forges a log line",
            POLL,
            () -> plugin().poll("ps.shellApi().log(1, \"a\\n[root] b\", 0);").compile(),
            () -> plugin().poll("ps.shellApi().log(1, \"${a} {} %s\", 0);").compile()),
        Fixture.of(
            RuleId.B030_STRING_TEXT,
            "T-14",
            "a message of 121 characters",
            POLL,
            () -> plugin().poll(log("x".repeat(121))).compile(),
            () -> plugin().poll(log("x".repeat(120))).compile()),
        Fixture.of(
            RuleId.B031_CONSTANT_TYPE,
            "R-02 T-13",
            "a class literal",
            POLL,
            () ->
                Edit.poll(
                    Edit.returnZeroAfter(
                        new LdcInsnNode(Type.getObjectType(ENTRY)), new InsnNode(Opcodes.POP))),
            () ->
                Edit.poll(
                    Edit.returnZeroAfter(new LdcInsnNode("text"), new InsnNode(Opcodes.POP)))),
        Fixture.of(
            RuleId.B032_THIS_OVERWRITTEN,
            "C-13",
            "a store to local variable 0",
            POLL,
            () ->
                Edit.poll(
                    Edit.returnZeroAfter(
                        new InsnNode(Opcodes.ACONST_NULL), new VarInsnNode(Opcodes.ASTORE, 0))),
            () ->
                Edit.poll(
                    Edit.returnZeroAfter(
                        new InsnNode(Opcodes.ACONST_NULL), new VarInsnNode(Opcodes.ASTORE, 1)))),
        Fixture.of(
            RuleId.B033_UNREACHABLE_CODE,
            "C-07",
            "code after a return",
            POLL,
            () ->
                Edit.poll(
                    new InsnNode(Opcodes.ICONST_0),
                    new InsnNode(Opcodes.IRETURN),
                    new InsnNode(Opcodes.ICONST_0),
                    new InsnNode(Opcodes.IRETURN)),
            () -> plugin().compile()),
        Fixture.of(
            RuleId.B034_TYPE_OPERAND,
            "R-01 T-09",
            "an object of a class that only lends its methods",
            "acme/P.swInit",
            () ->
                Edit.entry(
                    node ->
                        Edit.method(node, "swInit")
                            .instructions
                            .insert(
                                Edit.list(
                                    new TypeInsnNode(Opcodes.NEW, "java/lang/Integer"),
                                    new InsnNode(Opcodes.POP)))),
            () -> plugin().members("RxQueue[] q;").body("swInit", "q = new RxQueue[2];").compile()),
        Fixture.of(
            RuleId.B035_DATA_PATH_ALLOCATION,
            "T-09",
            "an array for each call, two calls down",
            "acme/P.make",
            () ->
                plugin()
                    .members("int[] a; void make() { a = new int[1]; } void go() { make(); }")
                    .poll("go();")
                    .compile(),
            () ->
                plugin()
                    .members("int[] a; void make() { a = new int[1]; } void go() { make(); }")
                    .body("swInit", "go();")
                    .compile()),
        Fixture.of(
            RuleId.B042_ENTRY_POINT_CALL,
            "H-03",
            "a call that would fill the fuel",
            POLL,
            () -> plugin().poll("while (true) { checkTxRing(ps, queue); }").compile(),
            () -> plugin().members("void go() {}").poll("while (true) { go(); }").compile()),
        Fixture.of(
            RuleId.B043_TYPE_SAFETY,
            "V-01 V-02",
            "a number returned as a reference",
            ENTRY,
            () ->
                Edit.poll(
                    Edit.returnZeroAfter(
                        new VarInsnNode(Opcodes.ILOAD, 2), new VarInsnNode(Opcodes.ASTORE, 1))),
            () -> plugin().compile()),
        Fixture.of(
            RuleId.B043_TYPE_SAFETY,
            "V-01",
            "an empty stack",
            ENTRY,
            () -> Edit.poll(Edit.returnZeroAfter(new InsnNode(Opcodes.POP2))),
            () -> plugin().compile()));
  }

  private static String log(String message) {
    return "ps.shellApi().log(1, \"" + message + "\", 0);";
  }

  private static SortedMap<String, byte[]> selfCoveringHandler() {
    return Edit.entry(
        node -> {
          MethodNode method = Edit.method(node, "checkRxRing");
          LabelNode start = new LabelNode();
          LabelNode end = new LabelNode();
          method.instructions =
              Edit.list(
                  start, new InsnNode(Opcodes.ACONST_NULL), new InsnNode(Opcodes.ATHROW), end);
          method.tryCatchBlocks.add(new TryCatchBlockNode(start, end, start, null));
          method.localVariables.clear();
        });
  }

  private static SortedMap<String, byte[]> subroutine() {
    LabelNode routine = new LabelNode();
    return Edit.poll(
        new JumpInsnNode(Opcodes.JSR, routine),
        new InsnNode(Opcodes.ICONST_0),
        new InsnNode(Opcodes.IRETURN),
        routine,
        new VarInsnNode(Opcodes.ASTORE, 5),
        new VarInsnNode(Opcodes.RET, 5));
  }
}
