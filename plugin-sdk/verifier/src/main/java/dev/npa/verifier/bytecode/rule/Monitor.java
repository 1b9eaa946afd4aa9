// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.read.Refusals;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;

/// No lock is taken: a plugin runs on one thread and must not stop another.
final class Monitor implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B024_MONITOR;
  }

  private static final String REMEDY = "remove it: one thread at a time calls a plugin";

  @Override
  public void check(Subject subject, Refusals out) {
    for (PluginMethod method : subject.plugin().methodList()) {
      if (method.is(Opcodes.ACC_SYNCHRONIZED)) {
        out.add(Cause.MONITOR, id(), method.here(), "a synchronized method", REMEDY);
      }
      boolean locks = method.has(Opcodes.MONITORENTER) || method.has(Opcodes.MONITOREXIT);
      for (int i = 0; locks && i < method.code().size(); i++) {
        AbstractInsnNode insn = method.code().get(i);
        if (insn.getOpcode() == Opcodes.MONITORENTER || insn.getOpcode() == Opcodes.MONITOREXIT) {
          out.add(Cause.MONITOR, id(), method.at(i), "a synchronized block", REMEDY);
        }
      }
    }
  }
}
