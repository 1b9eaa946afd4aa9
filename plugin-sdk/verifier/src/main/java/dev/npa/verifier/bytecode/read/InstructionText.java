// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

import java.lang.classfile.Opcode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/// An instruction as `javap` would print it, with indexes of instructions for jump targets.
public final class InstructionText {
  private static final Map<Integer, String> NAMES = names();

  private InstructionText() {}

  public static String of(PluginMethod method, int index) {
    AbstractInsnNode insn = method.code().get(index);
    return NAMES.getOrDefault(insn.getOpcode(), "opcode " + insn.getOpcode())
        + operands(method, insn);
  }

  private static String operands(PluginMethod method, AbstractInsnNode insn) {
    return switch (insn) {
      case VarInsnNode use -> " " + use.var;
      case IincInsnNode iinc -> " " + iinc.var + ", " + iinc.incr;
      case IntInsnNode push -> " " + push.operand;
      case LdcInsnNode push when push.cst instanceof String text -> " \"" + text + '"';
      case LdcInsnNode push -> " " + push.cst;
      case TypeInsnNode use -> " " + use.desc;
      case FieldInsnNode use -> " " + use.owner + '.' + use.name + ' ' + use.desc;
      case MethodInsnNode call -> " " + call.owner + '.' + call.name + call.desc;
      case JumpInsnNode jump -> " " + method.target(jump.label);
      default -> "";
    };
  }

  private static Map<Integer, String> names() {
    Map<Integer, String> names = new HashMap<>();
    for (Opcode opcode : Opcode.values()) {
      if (!opcode.isWide()) {
        names.put(opcode.bytecode(), opcode.name().toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }
}
