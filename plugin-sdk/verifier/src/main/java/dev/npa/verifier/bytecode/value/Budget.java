// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import java.util.Optional;

/// How much work the analysis may still do. Bounds its time on any input, and counts what cannot be
/// told from a clock.
///
/// A unit is one value looked at. What touches a state costs as many as it holds, and some for the
/// touch; what an instruction, a call or a constructor means beyond that is charged by what it
/// takes, so that a unit stands for about the same time whatever the code is.
public final class Budget {
  private final Optional<Budget> whole;
  private final long all;
  private long left;

  public Budget(long units) {
    this(units, Optional.empty());
  }

  private Budget(long units, Optional<Budget> whole) {
    this.whole = whole;
    this.all = units;
    this.left = units;
  }

  /// Half of what is left, for a first attempt.
  Budget half() {
    return new Budget(left / 2, Optional.of(this));
  }

  /// For reading results that a budget has already paid for.
  static Budget unlimited() {
    return new Budget(Long.MAX_VALUE);
  }

  /// Units used up so far.
  public long spent() {
    return all - left;
  }

  /// Units not used yet.
  public long left() {
    return left;
  }

  /// @throws IllTyped if it is used up; nothing is claimed then
  void spend(int units) {
    if (left < units) {
      throw new IllTyped("too much work");
    }
    left -= units;
    if (whole.isPresent()) {
      whole.get().spend(units);
    }
  }
}
