// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import static dev.npa.verifier.bytecode.PluginSource.ENTRY;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodNode;

/// Makes class files that no Java compiler writes.
final class Edit {
  private Edit() {}

  /// The entry class of an empty plugin, changed as a tree; stack maps stay as they were.
  static SortedMap<String, byte[]> entry(Consumer<ClassNode> change) {
    return entry(PluginSource.plugin(), change);
  }

  static SortedMap<String, byte[]> entry(PluginSource source, Consumer<ClassNode> change) {
    return named(source.compile(), ENTRY, change);
  }

  static SortedMap<String, byte[]> named(
      SortedMap<String, byte[]> classes, String name, Consumer<ClassNode> change) {
    ClassNode node = new ClassNode();
    new ClassReader(classes.get(name)).accept(node, 0);
    change.accept(node);
    ClassWriter writer = new ClassWriter(0);
    node.accept(writer);
    SortedMap<String, byte[]> edited = new TreeMap<>(classes);
    edited.put(name, writer.toByteArray());
    return edited;
  }

  /// `checkRxRing` of an empty plugin with other instructions.
  static SortedMap<String, byte[]> poll(AbstractInsnNode... instructions) {
    return entry(
        node -> {
          MethodNode method = method(node, "checkRxRing");
          method.instructions = list(instructions);
          method.maxStack = 10;
          method.maxLocals = 10;
          method.localVariables.clear();
        });
  }

  static MethodNode method(ClassNode node, String name) {
    return node.methods.stream().filter(m -> m.name.equals(name)).findFirst().orElseThrow();
  }

  /// The bytes of the entry class of an empty plugin, changed as bytes.
  static SortedMap<String, byte[]> bytes(UnaryOperator<byte[]> change) {
    SortedMap<String, byte[]> classes = PluginSource.plugin().compile();
    classes.put(ENTRY, change.apply(classes.get(ENTRY)));
    return classes;
  }

  static InsnList list(AbstractInsnNode... instructions) {
    InsnList list = new InsnList();
    for (AbstractInsnNode insn : instructions) {
      list.add(insn);
    }
    return list;
  }

  static InsnNode insn(int opcode) {
    return new InsnNode(opcode);
  }

  static AbstractInsnNode[] returnZeroAfter(AbstractInsnNode... instructions) {
    AbstractInsnNode[] all = new AbstractInsnNode[instructions.length + 2];
    System.arraycopy(instructions, 0, all, 0, instructions.length);
    all[instructions.length] = insn(Opcodes.ICONST_0);
    all[instructions.length + 1] = insn(Opcodes.IRETURN);
    return all;
  }
}
