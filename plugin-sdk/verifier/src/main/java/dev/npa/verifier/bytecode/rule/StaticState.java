// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.PluginClass;
import dev.npa.verifier.bytecode.read.Refusals;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.FieldNode;

/// Static fields are `static final` with a constant value: two instances share nothing.
final class StaticState implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B021_STATIC_STATE;
  }

  private static final int CONSTANT = Opcodes.ACC_STATIC | Opcodes.ACC_FINAL;

  @Override
  public void check(Subject subject, Refusals out) {
    for (PluginClass c : subject.plugin().classes()) {
      for (FieldNode field : c.node().fields) {
        boolean isStatic = (field.access & Opcodes.ACC_STATIC) != 0;
        if (isStatic && ((field.access & CONSTANT) != CONSTANT || field.value == null)) {
          out.add(
              id(),
              c.at(field),
              "field " + field.name,
              "make it an instance field; fill tables in swInit");
        }
        if (!isStatic && field.value != null) {
          out.add(id(), c.at(field), "a constant that is not static", "ship the output of javac");
        }
      }
    }
  }
}
