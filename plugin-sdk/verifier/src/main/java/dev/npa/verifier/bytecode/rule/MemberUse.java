// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/// The owner that a field or call instruction names.
final class MemberUse {
  private MemberUse() {}

  /// Internal name, or empty for other instructions.
  static String owner(AbstractInsnNode insn) {
    return switch (insn) {
      case FieldInsnNode field -> field.owner;
      case MethodInsnNode method -> method.owner;
      default -> "";
    };
  }
}
