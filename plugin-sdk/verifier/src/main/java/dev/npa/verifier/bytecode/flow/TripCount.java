// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.flow;

import dev.npa.verifier.bytecode.flow.Progress.Span;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.value.Comparison;
import dev.npa.verifier.bytecode.value.Interval;
import dev.npa.verifier.bytecode.value.MethodValues;
import dev.npa.verifier.bytecode.value.State;
import dev.npa.verifier.bytecode.value.Value.Number;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Proves that a loop counts: `for (int i = start; i < limit; i += 2)`, and what amounts to it.
///
/// Let `v` be a local that changes in the loop by constants only. The proof, for a loop that counts
/// up (down is the mirror image):
///
/// 1. Every way from the header back to the header passes a test block, and there goes on only if
///    `v + c < limit`.
/// 2. Each such way moves `v` by at least `d > 0` ([Progress]), and by at least `e` before the
///    test.
/// 3. `v` is at least `start` whenever the loop is entered, and `limit` at most `L` at every test:
///    the value analysis says so, so `limit` may change from round to round.
/// 4. If round `k` goes on then `start + k*d + e + c < L`. So at most `(L - start - e - c) / d + 1`
///    rounds go on, and one more does not.
/// 5. By the same inequality `v` never exceeds a number that is computed and found to be within the
///    type, so nothing in the argument wraps.
///
/// With `!=` the step must be one constant that divides the distance, and the limit must not
/// change.
final class TripCount {
  /// How many locals of one loop are tried: bounds the work; nobody writes a loop with as many
  /// exits.
  private static final int MOST_COUNTERS = 8;

  private final PluginMethod method;
  private final FlowGraph graph;
  private final LoopForest forest;
  private final Loop loop;
  private final LoopOrder order;
  private final MethodValues values;
  private final int ignored;
  private final Map<Integer, Optional<Progress>> progress = new HashMap<>();
  private final Map<Integer, Boolean> written = new HashMap<>();
  private Trips best = Trips.Unknown.NO_TEST;

  /// @param ignored a local that is not taken for a counter
  TripCount(
      PluginMethod method,
      FlowGraph graph,
      LoopForest forest,
      Loop loop,
      LoopOrder order,
      MethodValues values,
      int ignored) {
    this.method = method;
    this.graph = graph;
    this.forest = forest;
    this.loop = loop;
    this.order = order;
    this.values = values;
    this.ignored = ignored;
  }

  Trips prove() {
    BitSet passed = order.onEveryRound(loop);
    for (int b = passed.nextSetBit(0); b >= 0; b = passed.nextSetBit(b + 1)) {
      if (forest.isDirectlyIn(b, loop)) {
        Optional<ExitTest> test = ExitTest.read(method, graph, loop, b, values);
        if (test.isPresent()) {
          found(prove(test.get()));
          found(prove(test.get().flipped()));
        }
      }
    }
    boolean neverAgain =
        best instanceof Trips.Unknown
            && values.isKnown()
            && loop.backEdges().stream().allMatch(this::isNeverTaken);
    return neverAgain ? Trips.Unknown.NEVER_AGAIN : best;
  }

  /// Whether the plugin as a whole never comes back to the header this way: it may be half written,
  /// with nothing yet that fills the ring. Such a loop costs nothing to meter, and a proof would
  /// say nothing about the loop.
  private boolean isNeverTaken(int from) {
    return values.onEdge(from, loop.header()).isEmpty();
  }

  /// Keeps the smallest bound, or else the attempt that came closest.
  private void found(Trips trips) {
    best =
        switch (trips) {
          case Trips.AtMost found when best instanceof Trips.AtMost known ->
              found.rounds() < known.rounds() ? found : known;
          case Trips.AtMost found -> found;
          case Trips.Unknown found when best instanceof Trips.Unknown known ->
              found.compareTo(known) > 0 ? found : known;
          case Trips.Unknown found -> best;
        };
  }

  /// Takes the left side of the test for the counter.
  private Trips prove(ExitTest test) {
    OptionalInt slot = test.state().near(test.left());
    if (slot.isEmpty() || slot.getAsInt() == ignored) {
      return Trips.Unknown.NOT_A_NUMBER;
    }
    if (progress.size() == MOST_COUNTERS && !progress.containsKey(slot.getAsInt())) {
      return Trips.Unknown.NO_STEP;
    }
    Optional<Progress> moves =
        progress.computeIfAbsent(
            slot.getAsInt(), n -> Progress.of(method, graph, order, forest, loop, values, n));
    if (moves.isEmpty()) {
      return Trips.Unknown.NO_STEP;
    }
    Interval start = start(slot.getAsInt());
    Span round = moves.get().perRound();
    if (start.isEmpty() || round.min() <= 0 && round.max() >= 0) {
      return Trips.Unknown.NO_PROGRESS;
    }
    boolean up = round.min() > 0;
    Counting counting =
        new Counting(
            test.left().width(),
            up,
            start,
            round,
            moves.get().anywhere(),
            moves.get().before().get(test.block()),
            test.left().offset());
    Interval limit = test.right().range();
    return switch (test.stay()) {
      case LESS, MORE ->
          up == (test.stay() == Comparison.LESS)
              ? counting.whileBelow(limit)
              : Trips.Unknown.NO_PROGRESS;
      case AT_MOST, AT_LEAST ->
          up == (test.stay() == Comparison.AT_MOST)
              ? counting.whileAtMost(limit)
              : Trips.Unknown.NO_PROGRESS;
      case NOT_EQUAL ->
          isConstant(test.state(), test.right())
              ? counting.until(limit)
              : Trips.Unknown.CHANGING_LIMIT;
      case EQUAL -> Trips.Unknown.NO_PROGRESS;
    };
  }

  /// What the local holds when the loop is entered from outside.
  private Interval start(int slot) {
    Interval start = Interval.EMPTY;
    for (int from : graph.block(loop.header()).predecessors()) {
      if (!loop.blocks().get(from)) {
        Optional<State> entering = values.onEdge(from, loop.header());
        if (entering.isPresent() && entering.get().local(slot) instanceof Number number) {
          start = start.join(number.range());
        } else if (entering.isPresent()) {
          return Interval.EMPTY;
        }
      }
    }
    return start;
  }

  /// Whether the limit is the same in all rounds: one number, or a local that the loop leaves
  /// alone.
  private boolean isConstant(State state, Number limit) {
    if (limit.range().min() == limit.range().max()) {
      return true;
    }
    OptionalInt local = state.near(limit);
    return local.isPresent() && isUntouched(local.getAsInt());
  }

  private boolean isUntouched(int slot) {
    return !written.computeIfAbsent(slot, this::isWritten);
  }

  private boolean isWritten(int slot) {
    BitSet blocks = loop.blocks();
    for (int b = blocks.nextSetBit(0); b >= 0; b = blocks.nextSetBit(b + 1)) {
      for (int i = graph.block(b).first(); i <= graph.block(b).last(); i++) {
        if (Progress.writes(method.code().get(i), slot)) {
          return true;
        }
      }
    }
    return false;
  }
}
