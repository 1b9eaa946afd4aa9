// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

import dev.npa.verifier.RuleId;

/// The strict reader's way out: the rule that the bytes broke and how.
final class Malformed extends Exception {
  private static final long serialVersionUID = 1L;

  private final RuleId rule;
  private final String cause;

  /// @param cause what several classes may have in common
  private Malformed(RuleId rule, String cause, String message) {
    super(message, null, false, false);
    this.rule = rule;
    this.cause = rule.id() + ' ' + cause;
  }

  Malformed(RuleId rule, String message) {
    this(rule, message, message);
  }

  String cause() {
    return cause;
  }

  RuleId rule() {
    return rule;
  }

  static Malformed unreadable(String message) {
    return new Malformed(RuleId.B001_UNREADABLE_CLASS, message);
  }

  static Malformed over(String what, long size, long cap) {
    return over(what, "", size, cap);
  }

  /// @param of whose size it is, if not the class's
  static Malformed over(String what, String of, long size, long cap) {
    String owner = of.isEmpty() ? "" : " of " + of;
    return new Malformed(RuleId.B002_TOO_LARGE, what, what + owner + ": " + size + " > " + cap);
  }
}
