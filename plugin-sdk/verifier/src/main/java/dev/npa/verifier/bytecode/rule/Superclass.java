// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.PluginClass;
import dev.npa.verifier.bytecode.read.Refusals;
import dev.npa.verifier.bytecode.world.AllowList;

/// No superclass but Object: nothing is inherited, least of all from the host.
final class Superclass implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B017_SUPERCLASS;
  }

  @Override
  public void check(Subject subject, Refusals out) {
    for (PluginClass c : subject.plugin().classes()) {
      if (!AllowList.OBJECT.equals(c.node().superName)) {
        String superclass = c.node().superName;
        out.add(
            Cause.foreignClass(superclass),
            id(),
            c.here(),
            "extends " + (superclass == null ? "nothing" : superclass.replace('/', '.')),
            "extend nothing; use fields instead");
      }
    }
  }
}
