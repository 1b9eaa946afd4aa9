// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

import dev.npa.verifier.RuleId;

/// The strict reader's way out: the rule that the bytes broke and how.
final class Malformed extends Exception {
  private static final long serialVersionUID = 1L;

  private final RuleId rule;

  Malformed(RuleId rule, String message) {
    super(message, null, false, false);
    this.rule = rule;
  }

  RuleId rule() {
    return rule;
  }

  static Malformed unreadable(String message) {
    return new Malformed(RuleId.B001_UNREADABLE_CLASS, message);
  }

  static Malformed over(String what, long size, long cap) {
    return new Malformed(RuleId.B002_TOO_LARGE, what + ": " + size + " > " + cap);
  }
}
