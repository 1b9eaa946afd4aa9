// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.flow;

import java.util.OptionalInt;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;

/// Instructions that push an int constant.
public final class Constants {
  private Constants() {}

  public static OptionalInt intValue(AbstractInsnNode insn) {
    int opcode = insn.getOpcode();
    return switch (insn) {
      case InsnNode push when opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.ICONST_5 ->
          OptionalInt.of(opcode - Opcodes.ICONST_0);
      case IntInsnNode push when opcode != Opcodes.NEWARRAY -> OptionalInt.of(push.operand);
      case LdcInsnNode push when push.cst instanceof Integer value -> OptionalInt.of(value);
      default -> OptionalInt.empty();
    };
  }
}
