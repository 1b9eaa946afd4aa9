// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.PluginClass;
import dev.npa.verifier.bytecode.read.Refusals;
import dev.npa.verifier.bytecode.world.AllowList;
import java.util.List;

/// The entry class implements NpaPlugin and nothing else; the others implement nothing.
final class Interfaces implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B018_INTERFACES;
  }

  @Override
  public void check(Subject subject, Refusals out) {
    for (PluginClass c : subject.plugin().classes()) {
      boolean entry = c.key().equals(subject.plugin().entryName());
      List<String> expected = entry ? List.of(AllowList.PLUGIN) : List.of();
      if (!c.node().interfaces.equals(expected)) {
        out.add(
            id(),
            c.here(),
            "implements " + c.node().interfaces,
            entry ? "implement dev.npa.plugin.NpaPlugin alone" : "implement no interface");
      }
    }
  }
}
