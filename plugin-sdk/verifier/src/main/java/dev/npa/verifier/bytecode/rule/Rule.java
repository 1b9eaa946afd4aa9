// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.Refusals;

/// One thing that plugin code must not do: one id, one class, a refused and an accepted fixture.
///
/// A rule that cannot decide refuses; one that throws counts as having refused.
public interface Rule {
  RuleId id();

  void check(Subject subject, Refusals out);
}
