// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.flow.MethodControl;
import dev.npa.verifier.bytecode.read.Refusals;

/// Every loop has one entry: only then are its edges back the ones that fuel is charged on.
final class IrreducibleFlow implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B039_IRREDUCIBLE_FLOW;
  }

  @Override
  public void check(Subject subject, Refusals out) {
    for (MethodControl flow : subject.control().methods()) {
      for (int header : flow.forest().irreducibleHeaders()) {
        out.add(
            id(),
            flow.method().at(flow.graph().block(header).first()),
            "a loop that can be entered elsewhere",
            "ship the output of javac");
      }
    }
  }
}
