// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.read.Refusals;
import org.objectweb.asm.Opcodes;

/// Every method has bytecode, and no method is native.
final class NativeMethod implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B025_NATIVE_METHOD;
  }

  @Override
  public void check(Subject subject, Refusals out) {
    for (PluginMethod method : subject.plugin().methodList()) {
      if (method.is(Opcodes.ACC_NATIVE) || method.code().isEmpty()) {
        out.add(id(), method.here(), "no bytecode", "write the method in Java");
      }
    }
  }
}
