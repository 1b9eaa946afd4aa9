// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.read.Refusals;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;

/// `ldc` loads numbers and strings; a class constant is a door to reflection.
final class ConstantType implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B031_CONSTANT_TYPE;
  }

  @Override
  public void check(Subject subject, Refusals out) {
    for (PluginMethod method : subject.plugin().methodList()) {
      for (int i = 0; method.has(Opcodes.LDC) && i < method.code().size(); i++) {
        AbstractInsnNode insn = method.code().get(i);
        if (insn instanceof LdcInsnNode load
            && !(load.cst instanceof Number || load.cst instanceof String)) {
          out.add(id(), method.at(i), "constant " + load.cst, "use no class literal");
        }
      }
    }
  }
}
