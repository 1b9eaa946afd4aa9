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
      String remedy = entry ? "implement dev.npa.plugin.NpaPlugin alone" : "implement no interface";
      for (String name : c.node().interfaces) {
        if (!expected.contains(name)) {
          String detail = "implements " + name.replace('/', '.');
          out.add(Cause.foreignClass(name), id(), c.here(), detail, remedy);
        }
      }
      if (!c.node().interfaces.containsAll(expected)) {
        out.add(id(), c.here(), "does not implement dev.npa.plugin.NpaPlugin", remedy);
      }
    }
  }
}
