// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.read.Refusals;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/// Local variable 0 of an instance method stays `this`.
final class ThisOverwritten implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B032_THIS_OVERWRITTEN;
  }

  @Override
  public void check(Subject subject, Refusals out) {
    for (PluginMethod method : subject.plugin().methodList()) {
      for (int i = 0; i < method.code().size(); i++) {
        AbstractInsnNode insn = method.code().get(i);
        boolean store = insn.getOpcode() >= Opcodes.ISTORE && insn.getOpcode() <= Opcodes.ASTORE;
        if (store && !method.isStatic() && insn instanceof VarInsnNode local && local.var == 0) {
          out.add(id(), method.at(i), "a store to local variable 0", "ship the output of javac");
        }
      }
    }
  }
}
