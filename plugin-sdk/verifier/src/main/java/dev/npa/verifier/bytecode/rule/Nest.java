// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.PluginClass;
import dev.npa.verifier.bytecode.read.Refusals;
import java.util.List;
import java.util.Optional;

/// Nest claims are mutual, between own classes of one package. They are the one attribute about
/// other classes that is kept, for private members of nested classes.
final class Nest implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B020_NEST;
  }

  @Override
  public void check(Subject subject, Refusals out) {
    for (PluginClass c : subject.plugin().classes()) {
      if (c.node().nestHostClass != null) {
        Optional<PluginClass> host = subject.plugin().find(c.node().nestHostClass);
        // A class that could not be read has been refused already.
        boolean unread = host.isEmpty() && subject.plugin().owns(c.node().nestHostClass);
        require(unread || host.isPresent() && hosts(host.get(), c), c, c.node().nestHostClass, out);
      }
      for (String name : members(c)) {
        Optional<PluginClass> member = subject.plugin().find(name);
        boolean mutual = member.isPresent() && c.name().equals(member.get().node().nestHostClass);
        boolean unread = member.isEmpty() && subject.plugin().owns(name);
        require((unread || mutual) && c.node().nestHostClass == null, c, name, out);
      }
    }
  }

  private static boolean hosts(PluginClass host, PluginClass member) {
    return members(host).contains(member.name()) && host.packageName().equals(member.packageName());
  }

  private static List<String> members(PluginClass c) {
    return c.node().nestMembers == null ? List.of() : c.node().nestMembers;
  }

  private void require(boolean ok, PluginClass c, String other, Refusals out) {
    if (!ok) {
      out.add(
          id(),
          c.here(),
          "claims a nest with " + other.replace('/', '.'),
          "ship nested classes together as javac wrote them");
    }
  }
}
