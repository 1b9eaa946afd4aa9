// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.read.Refusals;
import org.objectweb.asm.tree.TryCatchBlockNode;

/// Nothing is caught, so running out of fuel cannot be survived and no loop hides in a handler.
final class ExceptionHandler implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B027_EXCEPTION_HANDLER;
  }

  @Override
  public void check(Subject subject, Refusals out) {
    for (PluginMethod method : subject.plugin().methodList()) {
      for (TryCatchBlockNode handler : method.node().tryCatchBlocks) {
        String caught = handler.type == null ? "anything" : handler.type.replace('/', '.');
        out.add(
            Cause.handler(method),
            id(),
            method.at(method.target(handler.start)),
            "a handler that catches " + caught,
            "check before acting; no try, catch, finally or synchronized");
      }
    }
  }
}
