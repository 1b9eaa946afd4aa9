// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

/// One pass over a method, from claims about what holds at the loop headers: whether they hold, and
/// what holds before every block if they do.
///
/// A header's claim is believed while the loop is executed, and compared with what comes out at the
/// end: that is the induction. Everything else follows from claims and entry without a guess.
final class Pass {
  private final Shape shape;
  private final State[] claims;
  private final State[] before;
  private final EffectLog effects = new EffectLog();

  private Pass(Shape shape, State[] claims) {
    this.shape = shape;
    this.claims = claims;
    this.before = new State[claims.length];
  }

  /// @param entry the state before the method
  /// @param claims for each header a state, or null if it is claimed to be out of reach; other
  ///   blocks have none
  static Pass of(Code code, Facts facts, Shape shape, State entry, State[] claims, Budget budget) {
    Pass pass = new Pass(shape, claims);
    Steps steps = new Steps(code, new Meaning(code, facts, pass.effects), shape, budget);
    facts.beginPass();
    pass.before[0] = entry.copy();
    for (int block : shape.order()) {
      State from = shape.headers().get(block) ? claims[block] : pass.before[block];
      if (from != null) {
        steps.run(from.copy(), block, pass::enter);
      }
    }
    return pass;
  }

  private void enter(int block, State state) {
    if (before[block] == null) {
      before[block] = state;
    } else {
      Order.join(before[block], state);
    }
  }

  /// Whether every claim includes what leads to it.
  boolean holds() {
    for (int b = shape.headers().nextSetBit(0); b >= 0; b = shape.headers().nextSetBit(b + 1)) {
      boolean included =
          before[b] == null || claims[b] != null && Order.includes(claims[b], before[b]);
      if (!included) {
        return false;
      }
    }
    return true;
  }

  /// Whether some claim could have been smaller.
  boolean foundMore() {
    for (int b = shape.headers().nextSetBit(0); b >= 0; b = shape.headers().nextSetBit(b + 1)) {
      boolean same = claims[b] == null || before[b] != null && Order.includes(before[b], claims[b]);
      if (!same) {
        return true;
      }
    }
    return false;
  }

  /// What leads to each block: true of it if the claims hold.
  State[] before() {
    return before;
  }

  EffectLog effects() {
    return effects;
  }
}
