// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import static dev.npa.verifier.bytecode.PluginSource.ENTRY;
import static dev.npa.verifier.bytecode.PluginSource.plugin;

import dev.npa.verifier.RuleId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.ByteVector;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/// Plugins that the JVM or the region would refuse to link, that reach for the fuel, or that keep
/// the gate busy.
final class LinkFixtures {
  private static final String POLL = "acme/P.checkRxRing(Ldev/npa/plugin/PluginState;II)I@";

  private LinkFixtures() {}

  static List<Fixture> all() {
    return List.of(
        Fixture.of(
            RuleId.B048_LOCAL_OUTSIDE_FRAME,
            "T-01",
            "a loop that winds its own fuel round",
            POLL,
            () -> windsFuel(4),
            () -> windsFuel(5)),
        Fixture.of(
            RuleId.B048_LOCAL_OUTSIDE_FRAME,
            "T-01",
            "fewer locals than arguments",
            POLL,
            () -> Edit.entry(node -> Edit.method(node, "checkRxRing").maxLocals = 1),
            () -> plugin().compile()),
        Fixture.of(
            RuleId.B049_FINAL_FIELD,
            "N-05",
            "a store to a static constant",
            POLL,
            LinkFixtures::storesConstant,
            () -> plugin().members("static final int N = 4;").poll("return N;").compile()),
        Fixture.of(
            RuleId.B049_FINAL_FIELD,
            "C-15 C-14",
            "a store to a final field outside the constructor",
            POLL,
            () ->
                Edit.entry(
                    plugin().members("int n;").poll("n = 4;"),
                    node -> node.fields.forEach(field -> field.access |= Opcodes.ACC_FINAL)),
            () -> plugin().members("final int n; public P() { n = 4; }").compile()),
        Fixture.of(
            RuleId.B023_HIDDEN_CALLBACK,
            "C-15",
            "a method that overrides a final one of Object",
            "acme/P.notify",
            () -> method("notify", "()V", Opcodes.RETURN),
            () -> method("notice", "()V", Opcodes.RETURN)),
        Fixture.of(
            RuleId.B013_FOREIGN_TYPE,
            "C-15",
            "a field of type void",
            "acme/P.f",
            () -> field("V"),
            () -> field("I")),
        Fixture.of(
            RuleId.B013_FOREIGN_TYPE,
            "C-15",
            "a field with the type of a method",
            "acme/P.f",
            () -> field("(I)V"),
            () -> field("[I")),
        Fixture.of(
            RuleId.B013_FOREIGN_TYPE,
            "C-15",
            "a constructor that returns a number",
            "acme/P.<init>",
            LinkFixtures::returningConstructor,
            () -> plugin().members("public P() {} P(long n) {}").compile()),
        Fixture.of(
            RuleId.B014_INACCESSIBLE_MEMBER,
            "N-07",
            "an array of a class that another package hides",
            "acme/P.swInit",
            () -> arrayOfStranger(""),
            () -> arrayOfStranger("public ")),
        Fixture.of(
            RuleId.B008_NAME_CHARACTERS,
            "N-08",
            "a package named by a keyword",
            "acme/int/Helper",
            () -> emptyClass("acme/int/Helper"),
            () -> emptyClass("acme/integer/Helper")),
        Fixture.of(
            RuleId.B002_TOO_LARGE,
            "C-10",
            "classes that are too large together",
            "classes",
            () -> padded(3),
            () -> padded(2)),
        Fixture.of(
            RuleId.B002_TOO_LARGE,
            "T-20",
            "classes with too much code together",
            "acme/H",
            () -> full(70),
            () -> full(60)));
  }

  /// Two subtractions of nearly half the range of an int give back what the charge of a round
  /// takes: the fuel would be in local 4, and the loop would never end.
  private static SortedMap<String, byte[]> windsFuel(int declaredLocals) {
    List<AbstractInsnNode> code = new ArrayList<>();
    LabelNode head = new LabelNode();
    code.add(new InsnNode(Opcodes.ICONST_0));
    code.add(new VarInsnNode(Opcodes.ISTORE, 4));
    code.add(head);
    for (int part : new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE - 1000, 980}) {
      code.add(new VarInsnNode(Opcodes.ILOAD, 4));
      code.add(new LdcInsnNode(part));
      code.add(new InsnNode(Opcodes.ISUB));
      code.add(new VarInsnNode(Opcodes.ISTORE, 4));
    }
    code.add(new IincInsnNode(4, -1));
    code.add(new VarInsnNode(Opcodes.ILOAD, 2));
    code.add(new JumpInsnNode(Opcodes.IFEQ, head));
    code.add(new InsnNode(Opcodes.ICONST_0));
    code.add(new InsnNode(Opcodes.IRETURN));
    return Edit.entry(
        node -> {
          MethodNode poll = Edit.method(node, "checkRxRing");
          poll.instructions = Edit.list(code.toArray(AbstractInsnNode[]::new));
          poll.maxLocals = declaredLocals;
          poll.maxStack = 2;
          poll.localVariables.clear();
        });
  }

  private static SortedMap<String, byte[]> storesConstant() {
    return Edit.entry(
        plugin().members("static final int N = 4;"),
        node -> {
          MethodNode poll = Edit.method(node, "checkRxRing");
          poll.maxStack = 2;
          poll.instructions.insert(
              Edit.list(
                  new InsnNode(Opcodes.ICONST_1),
                  new FieldInsnNode(Opcodes.PUTSTATIC, ENTRY, "N", "I")));
        });
  }

  private static SortedMap<String, byte[]> method(String name, String descriptor, int last) {
    return Edit.entry(
        node -> {
          MethodNode method = new MethodNode(Opcodes.ACC_PUBLIC, name, descriptor, null, null);
          method.instructions.add(new InsnNode(last));
          method.maxLocals = 1;
          node.methods.add(method);
        });
  }

  private static SortedMap<String, byte[]> field(String descriptor) {
    return Edit.entry(node -> node.fields.add(new FieldNode(0, "f", descriptor, null, null)));
  }

  private static SortedMap<String, byte[]> returningConstructor() {
    return Edit.entry(
        plugin().members("public P() {} P(long n) {}"),
        node -> {
          for (MethodNode method : node.methods) {
            if (method.desc.equals("(J)V")) {
              method.desc = "(J)I";
              method.maxStack = 1;
              method.instructions.forEach(
                  insn -> {
                    if (insn.getOpcode() == Opcodes.RETURN) {
                      method.instructions.insertBefore(insn, new InsnNode(Opcodes.ICONST_0));
                      method.instructions.set(insn, new InsnNode(Opcodes.IRETURN));
                    }
                  });
            }
          }
        });
  }

  private static SortedMap<String, byte[]> arrayOfStranger(String access) {
    SortedMap<String, byte[]> classes =
        Edit.entry(
            node ->
                Edit.method(node, "swInit")
                    .instructions
                    .insert(
                        Edit.list(
                            new InsnNode(Opcodes.ICONST_1),
                            new TypeInsnNode(Opcodes.ANEWARRAY, "other/Helper"),
                            new InsnNode(Opcodes.POP))));
    classes.putAll(Javac.compile("package other; " + access + "final class Helper {}"));
    return classes;
  }

  private static SortedMap<String, byte[]> emptyClass(String name) {
    ClassNode node = new ClassNode();
    node.visit(
        Opcodes.V25, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, name, null, "java/lang/Object", null);
    ClassWriter writer = new ClassWriter(0);
    node.accept(writer);
    SortedMap<String, byte[]> classes = plugin().compile();
    classes.put(name, writer.toByteArray());
    return classes;
  }

  private static SortedMap<String, byte[]> padded(int helpers) {
    SortedMap<String, byte[]> classes = plugin().compile();
    for (int i = 0; i < helpers; i++) {
      String name = "acme/Helper" + i;
      ClassWriter writer = new ClassWriter(0);
      int flags = Opcodes.ACC_FINAL | Opcodes.ACC_SUPER;
      writer.visit(Opcodes.V25, flags, name, null, "java/lang/Object", null);
      writer.visitAttribute(new Padding());
      classes.put(name, writer.toByteArray());
    }
    return classes;
  }

  /// Helpers in two classes with 3900 bytes of code each.
  private static SortedMap<String, byte[]> full(int methods) {
    SortedMap<String, byte[]> classes = plugin().compile();
    for (String name : List.of("acme/H0", "acme/H1")) {
      ClassWriter writer = new ClassWriter(0);
      int flags = Opcodes.ACC_FINAL | Opcodes.ACC_SUPER;
      writer.visit(Opcodes.V25, flags, name, null, "java/lang/Object", null);
      for (int m = 0; m < methods / 2; m++) {
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "m" + m, "()V", null, null);
        code.visitCode();
        for (int i = 0; i < 3900; i++) {
          code.visitInsn(Opcodes.NOP);
        }
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
      }
      classes.put(name, writer.toByteArray());
    }
    return classes;
  }

  /// An attribute that no reader knows, and that the gate leaves out.
  private static final class Padding extends Attribute {
    private static final int BYTES = 200_000;

    Padding() {
      super("Padding");
    }

    @Override
    protected ByteVector write(
        ClassWriter writer, byte[] code, int codeLength, int maxStack, int maxLocals) {
      return new ByteVector().putByteArray(new byte[BYTES], 0, BYTES);
    }
  }
}
