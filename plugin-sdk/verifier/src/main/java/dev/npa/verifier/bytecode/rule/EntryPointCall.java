// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.flow.CallGraph;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.read.Refusals;

/// Only the shell calls entry points: a call fills the fuel.
final class EntryPointCall implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B042_ENTRY_POINT_CALL;
  }

  @Override
  public void check(Subject subject, Refusals out) {
    for (PluginMethod method : subject.plugin().methodList()) {
      for (CallGraph.Call call : subject.control().calls().calls(method)) {
        if (subject.control().calls().isEntryPoint(call.callee())) {
          out.add(
              id(),
              method.at(call.instruction()),
              "a call of the entry point " + call.callee().name(),
              "move the code that both need into a private method");
        }
      }
    }
  }
}
