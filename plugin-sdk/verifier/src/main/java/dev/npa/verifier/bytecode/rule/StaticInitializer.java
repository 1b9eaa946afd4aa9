// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.read.Refusals;

/// No code runs when a class is initialised: there is no fuel yet and no call to be caught at.
final class StaticInitializer implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B022_STATIC_INITIALIZER;
  }

  @Override
  public void check(Subject subject, Refusals out) {
    for (PluginMethod method : subject.plugin().methodList()) {
      if (method.name().equals("<clinit>")) {
        out.add(
            id(),
            method.here(),
            "a static initialiser",
            "use compile-time constants, no assert, no enum switch; fill tables in swInit");
      }
    }
  }
}
