// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

/// How many instructions the analysis may still execute: bounds its time on hostile input.
final class Budget {
  private long left;

  Budget(long steps) {
    this.left = steps;
  }

  /// @throws IllTyped if it is used up; nothing is claimed then
  void spend(int steps) {
    left -= steps;
    if (left < 0) {
      throw new IllTyped("too much work");
    }
  }
}
