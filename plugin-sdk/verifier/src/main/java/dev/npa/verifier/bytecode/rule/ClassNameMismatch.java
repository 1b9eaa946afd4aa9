// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.PluginClass;
import dev.npa.verifier.bytecode.read.Refusals;

/// The class is the one its entry names: what is verified under a name is what gets that name.
final class ClassNameMismatch implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B007_CLASS_NAME_MISMATCH;
  }

  @Override
  public void check(Subject subject, Refusals out) {
    for (PluginClass c : subject.plugin().classes()) {
      if (!c.name().equals(c.key())) {
        out.add(
            id(),
            c.here(),
            "stored as " + c.key() + ", calls itself " + c.name(),
            "store each class under its own name");
      }
    }
  }
}
