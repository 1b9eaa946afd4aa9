// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.flow.LongestCalls;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.read.Refusals;
import java.util.Map;

/// The frames of the deepest calls together hold at most 512 locals and stack slots: 4 KB
/// interpreted, plus what the JVM adds per frame.
final class StackFrames implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B038_STACK_FRAMES;
  }

  private static final int SLOTS = 512;

  @Override
  public void check(Subject subject, Refusals out) {
    Map<PluginMethod, Integer> slots =
        LongestCalls.of(
            subject.control().calls(), method -> method.node().maxLocals + method.node().maxStack);
    slots.forEach(
        (method, sum) -> {
          if (sum > SLOTS && subject.control().calls().isEntryPoint(method)) {
            out.add(
                id(),
                method.here(),
                "nested frames hold " + sum + " slots, more than " + SLOTS,
                "use fewer local variables or fewer nested calls");
          }
        });
  }
}
