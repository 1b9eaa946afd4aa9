// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.flow.LongestCalls;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.read.Refusals;
import java.util.Map;

/// Calls inside the plugin nest at most eight deep.
final class CallDepth implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B037_CALL_DEPTH;
  }

  private static final int DEPTH = 8;

  @Override
  public void check(Subject subject, Refusals out) {
    Map<PluginMethod, Integer> depths = LongestCalls.of(subject.control().calls(), method -> 1);
    depths.forEach(
        (method, depth) -> {
          if (depth > DEPTH && subject.control().calls().isEntryPoint(method)) {
            out.add(
                id(),
                method.here(),
                "calls nest " + depth + " deep, more than " + DEPTH,
                "inline small methods");
          }
        });
  }
}
