// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.PluginMethod;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/// The values in one method: a state before each block, from which that before each instruction
/// follows.
public final class MethodValues {
  /// Visits of one block after which its state grows by thresholds, to anything, or not at all.
  private static final int WIDEN = 2;

  private static final int GIVE_UP_NUMBERS = 24;
  private static final int GIVE_UP = 80;
  private static final int NARROWINGS = 2;

  private final PluginMethod method;
  private final Plugin plugin;
  private final Facts facts;
  private final Shape shape;
  private final Thresholds thresholds;
  private State[] before;

  private MethodValues(
      PluginMethod method, Plugin plugin, Facts facts, Shape shape, Thresholds thresholds) {
    this.method = method;
    this.plugin = plugin;
    this.facts = facts;
    this.shape = shape;
    this.thresholds = thresholds;
    this.before = new State[shape.first().length];
  }

  /// Nothing is known of the method's values.
  static MethodValues unknown(PluginMethod method, Plugin plugin, Shape shape) {
    return new MethodValues(method, plugin, Facts.NONE, shape, Thresholds.of(List.of()));
  }

  /// States, and what they mean for the rest of the plugin.
  record Analysis(MethodValues values, EffectLog effects) {}

  /// Finds states that hold whenever a block is entered, if the method is called as `entry` says
  /// and the facts hold.
  ///
  /// @throws IllTyped if no such states were found
  static Analysis of(
      PluginMethod method,
      Plugin plugin,
      Facts facts,
      Shape shape,
      Thresholds thresholds,
      State entry,
      Budget budget) {
    MethodValues values = new MethodValues(method, plugin, facts, shape, thresholds);
    values.iterate(entry, budget);
    State[] wide = values.before;
    for (int i = 0; i < NARROWINGS && !shape.headers().isEmpty(); i++) {
      values.narrow(entry);
    }
    EffectLog log = new EffectLog();
    if (!values.isInductive(entry, log)) {
      values.before = wide;
      log = new EffectLog();
      if (!values.isInductive(entry, log)) {
        throw new IllTyped("states that do not include each other");
      }
    }
    return new Analysis(values, log);
  }

  /// The state before an instruction; empty if control cannot get there, or nothing is known.
  public Optional<State> before(int instruction) {
    int block = shape.blockOf()[instruction];
    if (before[block] == null) {
      return Optional.empty();
    }
    State state = before[block].copy();
    Steps steps = steps(Effects.NONE);
    for (int i = shape.first()[block]; i < instruction; i++) {
      if (!steps.step(state, i)) {
        return Optional.empty();
      }
    }
    return Optional.of(state);
  }

  /// The states before all instructions of the method that control can get to.
  public void forEach(Visitor visitor) {
    Steps steps = steps(Effects.NONE);
    for (int block : shape.order()) {
      if (before[block] == null) {
        continue;
      }
      State state = before[block].copy();
      int at = shape.first()[block];
      visitor.visit(at, state);
      while (at < shape.last()[block] && steps.step(state, at)) {
        at++;
        visitor.visit(at, state);
      }
    }
  }

  /// What [#forEach] shows; the state is valid during the call only.
  public interface Visitor {
    void visit(int instruction, State before);
  }

  /// The state on the edge from one block to another; empty if control cannot take it.
  public Optional<State> onEdge(int from, int to) {
    State[] merged = new State[1];
    if (before[from] != null) {
      steps(Effects.NONE)
          .run(
              before[from].copy(),
              from,
              (block, state) -> {
                if (block == to) {
                  merge(merged, 0, state);
                }
              });
    }
    return Optional.ofNullable(merged[0]);
  }

  private Steps steps(Effects effects) {
    return new Steps(method, new Meaning(method, plugin, facts, effects), shape);
  }

  private static void merge(State[] states, int index, State state) {
    if (states[index] == null) {
      states[index] = state;
    } else {
      Order.join(states[index], state);
    }
  }

  private void iterate(State entry, Budget budget) {
    int[] rank = new int[before.length];
    for (int i = 0; i < shape.order().size(); i++) {
      rank[shape.order().get(i)] = i;
    }
    int[] visits = new int[before.length];
    PriorityQueue<Integer> work = new PriorityQueue<>((a, b) -> Integer.compare(rank[a], rank[b]));
    boolean[] queued = new boolean[before.length];
    Steps steps = steps(Effects.NONE);
    before[0] = entry.copy();
    work.add(0);
    while (!work.isEmpty()) {
      int block = work.remove();
      queued[block] = false;
      visits[block]++;
      budget.spend(shape.last()[block] - shape.first()[block] + 1);
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
  }

  private boolean grow(int block, State state, int visits) {
    if (before[block] == null) {
      before[block] = state.copy();
      return true;
    }
    if (visits <= WIDEN || !shape.headers().get(block)) {
      return Order.join(before[block], state);
    }
    return Order.widen(before[block], state, thresholds, visits > GIVE_UP_NUMBERS);
  }

  /// One round downwards: the states that the last ones lead to.
  private void narrow(State entry) {
    State[] narrower = new State[before.length];
    narrower[0] = entry.copy();
    Steps steps = steps(Effects.NONE);
    for (int block : shape.order()) {
      State from = shape.headers().get(block) ? before[block] : narrower[block];
      if (from != null) {
        steps.run(from.copy(), block, (next, state) -> merge(narrower, next, state.copy()));
      }
    }
    before = narrower;
  }

  /// Whether no way through any block leads out of the states; what it means for others is told.
  private boolean isInductive(State entry, Effects effects) {
    boolean[] holds = {before[0] != null && Order.includes(before[0], entry)};
    Steps steps = steps(effects);
    for (int block : shape.order()) {
      if (before[block] != null) {
        steps.run(
            before[block].copy(),
            block,
            (next, state) ->
                holds[0] &= before[next] != null && Order.includes(before[next], state));
      }
    }
    return holds[0];
  }
}
