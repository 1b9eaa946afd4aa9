// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.PluginClass;
import dev.npa.verifier.bytecode.read.Refusals;
import org.objectweb.asm.Opcodes;

/// Final classes, nothing else: so a call runs the method it names.
final class ClassFlags implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B016_CLASS_FLAGS;
  }

  private static final int REQUIRED = Opcodes.ACC_FINAL | Opcodes.ACC_SUPER;

  @Override
  public void check(Subject subject, Refusals out) {
    for (PluginClass c : subject.plugin().classes()) {
      int access = c.model().flags().flagsMask();
      if ((access & ~Opcodes.ACC_PUBLIC) != REQUIRED) {
        out.add(
            id(),
            c.here(),
            "access flags 0x" + Integer.toHexString(access),
            "declare a final class; no interface, enum, record or abstract class");
      }
    }
  }
}
