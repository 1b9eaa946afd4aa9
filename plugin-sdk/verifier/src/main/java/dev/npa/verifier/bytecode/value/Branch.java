// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.value.Value.Number;
import dev.npa.verifier.bytecode.value.Value.Reference;

/// What a conditional jump tells, on either way.
final class Branch {
  private Branch() {}

  /// Learns whether a reference is null.
  static void assumeNull(State state, boolean isNull, Value value) {
    if (!isNull && value instanceof Reference reference) {
      state.learnNotNull(reference);
    }
  }

  /// Learns that a comparison holds.
  ///
  /// @return false if it cannot
  static boolean assume(State state, Comparison comparison, Number a, Number b) {
    Interval left = comparison.keep(a.range(), b.range());
    Interval right = comparison.flipped().keep(b.range(), a.range());
    if (!state.learn(a, left) || !state.learn(b, right)) {
      return false;
    }
    switch (comparison) {
      case LESS -> state.learnAtMost(a, state.bound(b).plus(-1));
      case AT_MOST -> state.learnAtMost(a, state.bound(b));
      case MORE -> state.learnAtMost(b, state.bound(a).plus(-1));
      case AT_LEAST -> state.learnAtMost(b, state.bound(a));
      case EQUAL -> {
        state.learnAtMost(a, state.bound(b));
        state.learnAtMost(b, state.bound(a));
      }
      case NOT_EQUAL -> {
        // Tells nothing about bounds but at an end, which the intervals have.
      }
    }
    return true;
  }
}
