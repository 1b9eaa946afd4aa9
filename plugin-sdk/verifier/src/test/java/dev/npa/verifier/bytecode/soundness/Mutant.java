// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.soundness;

import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.MethodNode;

/// Changes a few instructions of a plugin so that it stays well-typed and does something else.
final class Mutant {
  private Mutant() {}

  static SortedMap<String, byte[]> of(SortedMap<String, byte[]> plugin, Random random) {
    SortedMap<String, byte[]> mutant = new TreeMap<>(plugin);
    String[] names = plugin.keySet().toArray(String[]::new);
    for (int changes = 1 + random.nextInt(4); changes > 0; ) {
      String name = names[random.nextInt(names.length)];
      ClassNode node = new ClassNode();
      new ClassReader(mutant.get(name)).accept(node, ClassReader.SKIP_FRAMES);
      MethodNode method = node.methods.get(random.nextInt(node.methods.size()));
      AbstractInsnNode insn = method.instructions.get(random.nextInt(method.instructions.size()));
      if (change(method, insn, random)) {
        changes--;
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        node.accept(writer);
        mutant.put(name, writer.toByteArray());
      }
    }
    return mutant;
  }

  private static boolean change(MethodNode method, AbstractInsnNode insn, Random random) {
    int opcode = insn.getOpcode();
    switch (insn) {
      case IincInsnNode iinc -> iinc.incr = random.nextInt(9) - 4;
      case IntInsnNode push when opcode != Opcodes.NEWARRAY ->
          push.operand = (byte) (push.operand + random.nextInt(7) - 3);
      case JumpInsnNode jump when opcode >= Opcodes.IFEQ && opcode <= Opcodes.IFLE ->
          jump.setOpcode(Opcodes.IFEQ + random.nextInt(6));
      case JumpInsnNode jump when opcode >= Opcodes.IF_ICMPEQ && opcode <= Opcodes.IF_ICMPLE ->
          jump.setOpcode(Opcodes.IF_ICMPEQ + random.nextInt(6));
      case InsnNode push when opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.ICONST_5 ->
          method.instructions.set(push, new InsnNode(Opcodes.ICONST_M1 + random.nextInt(7)));
      case InsnNode compute when isBinary(opcode, Opcodes.IADD) ->
          method.instructions.set(compute, new InsnNode(another(random, Opcodes.IADD)));
      case InsnNode compute when isBinary(opcode, Opcodes.LADD) ->
          method.instructions.set(compute, new InsnNode(another(random, Opcodes.LADD)));
      default -> {
        return false;
      }
    }
    return true;
  }

  /// Add, subtract, multiply, divide, remainder of one type.
  private static boolean isBinary(int opcode, int add) {
    return opcode >= Opcodes.IADD && opcode <= Opcodes.DREM && (opcode - add) % 4 == 0;
  }

  private static int another(Random random, int add) {
    return add + 4 * random.nextInt(5);
  }
}
