// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.read.Refusals;
import java.util.BitSet;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;

/// No store to a final field but in a constructor of its class: such a store does not link, and
/// would change a constant if it did.
final class FinalField implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B049_FINAL_FIELD;
  }

  @Override
  public void check(Subject subject, Refusals out) {
    for (PluginMethod method : subject.plugin().methodList()) {
      BitSet uses = method.uses();
      for (int i = uses.nextSetBit(0); i >= 0; i = uses.nextSetBit(i + 1)) {
        if (method.code().get(i) instanceof FieldInsnNode use
            && isStore(use)
            && isFinal(subject, use)
            && !isInitialisation(method, use)) {
          out.add(
              id(),
              method.at(i),
              "a store to the final field " + use.owner + "." + use.name,
              "set it in the constructor, or do not declare it final");
        }
      }
    }
  }

  private static boolean isStore(AbstractInsnNode insn) {
    return insn.getOpcode() == Opcodes.PUTFIELD || insn.getOpcode() == Opcodes.PUTSTATIC;
  }

  private static boolean isFinal(Subject subject, FieldInsnNode use) {
    return subject
        .plugin()
        .find(use.owner)
        .flatMap(owner -> owner.field(use.name, use.desc))
        .map(field -> (field.access & Opcodes.ACC_FINAL) != 0)
        .orElse(false);
  }

  private static boolean isInitialisation(PluginMethod method, FieldInsnNode use) {
    return use.getOpcode() == Opcodes.PUTFIELD
        && method.name().equals("<init>")
        && method.owner().name().equals(use.owner);
  }
}
