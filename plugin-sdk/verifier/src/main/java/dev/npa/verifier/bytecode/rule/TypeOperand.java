// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.read.Refusals;
import java.util.BitSet;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/// `new` makes own classes; arrays are of own classes, SDK classes and arrays of them; `checkcast`
/// and `instanceof` test for those.
final class TypeOperand implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B034_TYPE_OPERAND;
  }

  @Override
  public void check(Subject subject, Refusals out) {
    for (PluginMethod method : subject.plugin().methodList()) {
      BitSet uses = method.uses();
      for (int i = uses.nextSetBit(0); i >= 0; i = uses.nextSetBit(i + 1)) {
        AbstractInsnNode insn = method.code().get(i);
        if (insn instanceof TypeInsnNode use && !fits(subject, use)) {
          out.add(
              Cause.foreignClass(use.desc),
              id(),
              method.at(i),
              "type " + use.desc.replace('/', '.'),
              "make and test the plugin's own classes only");
        }
      }
    }
  }

  private static boolean fits(Subject subject, TypeInsnNode use) {
    if (!Descriptors.isClassName(use.desc)) {
      return false;
    }
    return use.getOpcode() == Opcodes.NEW
        ? subject.plugin().owns(use.desc)
        : subject.world().isPluginType(Type.getObjectType(use.desc));
  }
}
