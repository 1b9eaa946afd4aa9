// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import java.util.PriorityQueue;

/// Guesses what holds at the headers of a method's loops: lets states grow from the entry until
/// nothing adds to them, in ever larger steps.
final class Growing {
  /// Visits of one block after which its state grows by thresholds, to anything, or not at all.
  private static final int WIDEN = 2;

  private static final int GIVE_UP_NUMBERS = 24;
  private static final int GIVE_UP = 80;

  private final Shape shape;
  private final Thresholds thresholds;
  private final Steps steps;
  private final State[] before;

  Growing(Code code, Facts facts, Shape shape, Thresholds thresholds, Budget budget) {
    this.shape = shape;
    this.thresholds = thresholds;
    this.steps = new Steps(code, new Meaning(code, facts, Effects.NONE), shape, budget);
    this.before = new State[shape.first().length];
  }

  /// @throws IllTyped if they do not stop growing
  State[] from(State entry) {
    int[] rank = new int[before.length];
    for (int i = 0; i < shape.order().size(); i++) {
      rank[shape.order().get(i)] = i;
    }
    int[] visits = new int[before.length];
    PriorityQueue<Integer> work = new PriorityQueue<>((a, b) -> Integer.compare(rank[a], rank[b]));
    boolean[] queued = new boolean[before.length];
    before[0] = entry.copy();
    work.add(0);
    while (!work.isEmpty()) {
      int block = work.remove();
      queued[block] = false;
      visits[block]++;
      if (visits[block] > GIVE_UP) {
        throw new IllTyped("no end in sight");
      }
      steps.run(
          before[block].copy(),
          block,
          (next, state) -> {
            if (grow(next, state, visits[next]) && !queued[next]) {
              queued[next] = true;
              work.add(next);
            }
          });
    }
    return before;
  }

  private boolean grow(int block, State state, int visits) {
    if (before[block] == null) {
      before[block] = state;
      return true;
    }
    if (visits <= WIDEN || !shape.headers().get(block)) {
      return Order.join(before[block], state);
    }
    return Order.widen(before[block], state, thresholds, visits > GIVE_UP_NUMBERS);
  }
}
