// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/// Everything that one parser could read otherwise than the other: each edit changes one thing of
/// [#subject], and nothing else.
final class EditedReadings {
  private static final int CODE = 1;

  private EditedReadings() {}

  /// A class with each kind of instruction and attribute that is kept, as ASM reads it. It reads
  /// well and would not verify.
  static ClassNode subject() {
    ClassNode read = new ClassNode();
    new ClassReader(bytes(made())).accept(read, 0);
    return read;
  }

  static byte[] bytes(ClassNode node) {
    ClassWriter writer = new ClassWriter(0);
    node.accept(writer);
    return writer.toByteArray();
  }

  private static ClassNode made() {
    ClassNode node = new ClassNode();
    node.version = Opcodes.V25;
    node.access = Opcodes.ACC_FINAL | Opcodes.ACC_SUPER;
    node.name = "a/A";
    node.superName = "java/lang/Object";
    node.interfaces.addAll(List.of("a/I", "a/J"));
    node.sourceFile = "A.java";
    node.nestHostClass = "a/Host";
    node.visitField(Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, "n", "I", null, 7).visitEnd();
    node.visitField(Opcodes.ACC_PRIVATE, "l", "J", null, null).visitEnd();
    node.visitMethod(Opcodes.ACC_NATIVE, "nothing", "()V", null, null).visitEnd();
    MethodNode code = new MethodNode(Opcodes.ACC_STATIC, "code", "(I)I", null, null);
    node.methods.add(code);
    code.maxStack = 9;
    code.maxLocals = 9;
    LabelNode[] labels = {new LabelNode(), new LabelNode(), new LabelNode()};
    InsnList list = code.instructions;
    list.add(labels[0]);
    list.add(new LineNumberNode(3, labels[0]));
    Stream.of(
            new InsnNode(Opcodes.IADD),
            new VarInsnNode(Opcodes.ILOAD, 1),
            new VarInsnNode(Opcodes.LSTORE, 6),
            new IntInsnNode(Opcodes.BIPUSH, 9),
            new IntInsnNode(Opcodes.SIPUSH, 900),
            new IntInsnNode(Opcodes.NEWARRAY, Opcodes.T_INT),
            new IincInsnNode(2, 3),
            new TypeInsnNode(Opcodes.NEW, "a/B"),
            new TypeInsnNode(Opcodes.ANEWARRAY, "a/B"),
            new TypeInsnNode(Opcodes.CHECKCAST, "a/B"),
            new FieldInsnNode(Opcodes.GETFIELD, "a/B", "f", "I"),
            new MethodInsnNode(Opcodes.INVOKESTATIC, "a/B", "m", "(I)V", false),
            new LdcInsnNode(1 << 20),
            new LdcInsnNode(1L << 40),
            new LdcInsnNode(0.0f),
            new LdcInsnNode(Double.NaN),
            new LdcInsnNode("text"),
            new LdcInsnNode(Type.getObjectType("a/B")),
            new MultiANewArrayInsnNode("[[I", 2),
            new JumpInsnNode(Opcodes.IFEQ, labels[1]),
            new TableSwitchInsnNode(1, 3, labels[0], labels[1], labels[0], labels[2]),
            labels[1],
            new LineNumberNode(5, labels[1]),
            new LookupSwitchInsnNode(
                labels[0], new int[] {-5, 70}, new LabelNode[] {labels[1], labels[2]}),
            labels[2],
            new InsnNode(Opcodes.NOP),
            new InsnNode(Opcodes.IRETURN))
        .forEach(list::add);
    code.tryCatchBlocks.add(new TryCatchBlockNode(labels[0], labels[1], labels[2], "a/Oops"));
    code.tryCatchBlocks.add(new TryCatchBlockNode(labels[1], labels[2], labels[2], null));
    return node;
  }

  static Map<String, Consumer<ClassNode>> all() {
    Map<String, Consumer<ClassNode>> edits = new LinkedHashMap<>();
    edits.put("name", node -> node.name = "a/Z");
    edits.put("flags", node -> node.access |= Opcodes.ACC_ABSTRACT);
    edits.put("version", node -> node.version = Opcodes.V24);
    edits.put("superclass", node -> node.superName = "a/Super");
    edits.put("an interface more", node -> node.interfaces.add("a/K"));
    edits.put(
        "interfaces in another order", node -> node.interfaces.add(node.interfaces.remove(0)));
    edits.put("source file", node -> node.sourceFile = "B.java");
    edits.put("no source file", node -> node.sourceFile = null);
    edits.put("nest host", node -> node.nestHostClass = "a/Other");
    edits.put("nest members", EditedReadings::nestMembers);
    edits.put("field name", node -> node.fields.getFirst().name = "m");
    edits.put("field type", node -> node.fields.getLast().desc = "D");
    edits.put("field flags", node -> node.fields.getLast().access = Opcodes.ACC_PUBLIC);
    edits.put("field constant", node -> node.fields.getFirst().value = 8);
    edits.put("no field constant", node -> node.fields.getFirst().value = null);
    edits.put("a field less", node -> node.fields.removeLast());
    edits.put("method name", node -> node.methods.getFirst().name = "other");
    edits.put("method type", node -> node.methods.getFirst().desc = "(I)V");
    edits.put("method flags", node -> node.methods.get(CODE).access = 0);
    edits.put("a method less", node -> node.methods.removeFirst());
    edits.put("stack", node -> node.methods.get(CODE).maxStack++);
    edits.put("locals", node -> node.methods.get(CODE).maxLocals++);
    edits.put("a handler less", node -> node.methods.get(CODE).tryCatchBlocks.removeLast());
    edits.put("caught type", node -> handler(node, 0).type = "a/Other");
    edits.put("anything caught", node -> handler(node, 0).type = null);
    edits.put("handler's start", node -> handler(node, 0).start = handler(node, 1).start);
    edits.put("handler's end", node -> handler(node, 0).end = handler(node, 1).end);
    edits.put("handler's code", node -> handler(node, 0).handler = handler(node, 1).start);
    edits.put("an instruction more", node -> insert(node, new InsnNode(Opcodes.NOP)));
    edits.put("a line more", EditedReadings::moreLines);
    for (int i = 0; i < subject().methods.get(CODE).instructions.size(); i++) {
      instruction(i, edits);
    }
    return edits;
  }

  private static void nestMembers(ClassNode node) {
    node.nestHostClass = null;
    node.nestMembers = new ArrayList<>(List.of("a/Inner"));
  }

  private static TryCatchBlockNode handler(ClassNode node, int index) {
    return node.methods.get(CODE).tryCatchBlocks.get(index);
  }

  private static void insert(ClassNode node, AbstractInsnNode insn) {
    InsnList list = node.methods.get(CODE).instructions;
    list.insertBefore(list.getLast(), insn);
  }

  private static void moreLines(ClassNode node) {
    LabelNode label = new LabelNode();
    insert(node, label);
    insert(node, new LineNumberNode(9, label));
  }

  /// Each operand of one instruction, and its opcode.
  private static void instruction(int index, Map<String, Consumer<ClassNode>> edits) {
    AbstractInsnNode insn = subject().methods.get(CODE).instructions.get(index);
    List<Consumer<AbstractInsnNode>> changes =
        switch (insn) {
          case VarInsnNode use -> List.of(i -> ((VarInsnNode) i).var++, i -> type((VarInsnNode) i));
          case IntInsnNode push when push.getOpcode() == Opcodes.NEWARRAY ->
              List.of(i -> ((IntInsnNode) i).operand = Opcodes.T_BYTE);
          case IntInsnNode push -> List.of(i -> ((IntInsnNode) i).operand++);
          case IincInsnNode iinc ->
              List.of(i -> ((IincInsnNode) i).var++, i -> ((IincInsnNode) i).incr++);
          case TypeInsnNode use -> List.of(i -> ((TypeInsnNode) i).desc = "a/C");
          case FieldInsnNode use ->
              List.of(
                  i -> ((FieldInsnNode) i).owner = "a/C",
                  i -> ((FieldInsnNode) i).name = "g",
                  i -> ((FieldInsnNode) i).desc = "J",
                  i -> ((FieldInsnNode) i).setOpcode(Opcodes.GETSTATIC));
          case MethodInsnNode call ->
              List.of(
                  i -> ((MethodInsnNode) i).owner = "a/C",
                  i -> ((MethodInsnNode) i).name = "n",
                  i -> ((MethodInsnNode) i).desc = "(J)V",
                  i -> ((MethodInsnNode) i).itf = true,
                  i -> ((MethodInsnNode) i).setOpcode(Opcodes.INVOKESPECIAL));
          case LdcInsnNode push -> List.of(i -> ((LdcInsnNode) i).cst = other(push.cst));
          case MultiANewArrayInsnNode make ->
              List.of(
                  i -> ((MultiANewArrayInsnNode) i).desc = "[[J",
                  i -> ((MultiANewArrayInsnNode) i).dims = 1);
          case JumpInsnNode jump ->
              List.of(
                  i -> ((JumpInsnNode) i).setOpcode(Opcodes.IFNE),
                  i -> ((JumpInsnNode) i).label = next(i));
          case TableSwitchInsnNode table ->
              List.of(
                  i -> shift((TableSwitchInsnNode) i),
                  i -> ((TableSwitchInsnNode) i).dflt = ((TableSwitchInsnNode) i).labels.getLast(),
                  i -> ((TableSwitchInsnNode) i).labels.set(0, ((TableSwitchInsnNode) i).dflt));
          case LookupSwitchInsnNode lookup ->
              List.of(
                  i -> ((LookupSwitchInsnNode) i).keys.set(1, 71),
                  i -> ((LookupSwitchInsnNode) i).dflt = ((LookupSwitchInsnNode) i).labels.get(0),
                  i -> ((LookupSwitchInsnNode) i).labels.set(1, ((LookupSwitchInsnNode) i).dflt));
          case LineNumberNode number -> List.of(i -> ((LineNumberNode) i).line++);
          default -> List.of();
        };
    for (int c = 0; c < changes.size(); c++) {
      Consumer<AbstractInsnNode> change = changes.get(c);
      edits.put(
          "instruction %d, %s %d".formatted(index, insn.getClass().getSimpleName(), c),
          node -> change.accept(node.methods.get(CODE).instructions.get(index)));
    }
    if (insn.getOpcode() == Opcodes.IADD) {
      edits.put(
          "operator",
          node -> {
            InsnList list = node.methods.get(CODE).instructions;
            list.set(list.get(index), new InsnNode(Opcodes.ISUB));
          });
    }
  }

  private static void type(VarInsnNode use) {
    use.setOpcode(use.getOpcode() + 2);
  }

  private static void shift(TableSwitchInsnNode table) {
    table.min++;
    table.max++;
  }

  private static LabelNode next(AbstractInsnNode insn) {
    AbstractInsnNode at = insn;
    LabelNode last = new LabelNode();
    while (at != null) {
      last = at instanceof LabelNode label ? label : last;
      at = at.getNext();
    }
    return last;
  }

  /// Of the same type, and as near as can be: NaN of other bits, zero of the other sign.
  private static Object other(Object constant) {
    return switch (constant) {
      case Integer number -> number + 1;
      case Long number -> number + 1;
      case Float zero -> -0.0f;
      case Double nan -> Double.longBitsToDouble(0x7FF8000000000001L);
      case String text -> text + " ";
      default -> Type.getObjectType("a/C");
    };
  }
}
