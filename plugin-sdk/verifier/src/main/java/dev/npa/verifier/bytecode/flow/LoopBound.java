// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.flow;

/// Why a loop ends.
public sealed interface LoopBound {

  /// It counts, and its header runs at most `rounds` times each time the loop is entered.
  record Proved(long rounds) implements LoopBound {}

  /// Each round pays `weight` bytecodes of fuel, at least what the round can cost.
  ///
  /// @param reason why it is not proved
  record Metered(long weight, String reason) implements LoopBound {}
}
