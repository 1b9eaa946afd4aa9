// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.flow;

/// Why a loop ends.
public sealed interface LoopBound {

  /// It counts, and makes at most `rounds` rounds.
  record Proved(long rounds) implements LoopBound {}

  /// Each round pays `weight` bytecodes of fuel, at least what the round can cost.
  record Metered(long weight) implements LoopBound {}
}
