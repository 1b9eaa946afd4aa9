// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.PluginClass;
import dev.npa.verifier.bytecode.read.Refusals;
import java.util.HashSet;
import java.util.Set;

/// Members are told apart by name and type, for whoever looks them up.
final class DuplicateMember implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B047_DUPLICATE_MEMBER;
  }

  @Override
  public void check(Subject subject, Refusals out) {
    for (PluginClass c : subject.plugin().classes()) {
      Set<String> seen = new HashSet<>();
      c.node().fields.stream()
          .filter(field -> !seen.add(field.name + " " + field.desc))
          .forEach(field -> refuse(c, field.name + " " + field.desc, out));
      c.node().methods.stream()
          .filter(method -> !seen.add(method.name + method.desc))
          .forEach(method -> refuse(c, method.name + method.desc, out));
      Set<String> interfaces = new HashSet<>();
      c.node().interfaces.stream()
          .filter(name -> !interfaces.add(name))
          .forEach(name -> refuse(c, name, out));
    }
  }

  private void refuse(PluginClass c, String member, Refusals out) {
    out.add(id(), c.here(), member + " twice", "ship the output of javac");
  }
}
