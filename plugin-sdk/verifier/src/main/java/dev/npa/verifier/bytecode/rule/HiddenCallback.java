// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.read.Refusals;
import java.util.Set;

/// No method that the platform or a host's log statement would call by itself, and none of the
/// names of the final methods of `Object`: a class that overrides one does not link.
final class HiddenCallback implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B023_HIDDEN_CALLBACK;
  }

  private static final Set<String> NAMES =
      Set.of(
          "finalize",
          "clone",
          "toString",
          "hashCode",
          "equals",
          "getClass",
          "notify",
          "notifyAll",
          "wait",
          "readObject",
          "readObjectNoData",
          "readResolve",
          "writeObject",
          "writeReplace",
          "readExternal",
          "writeExternal");

  @Override
  public void check(Subject subject, Refusals out) {
    for (PluginMethod method : subject.plugin().methodList()) {
      if (NAMES.contains(method.name())) {
        out.add(id(), method.here(), "a method named " + method.name(), "give it another name");
      }
    }
  }
}
