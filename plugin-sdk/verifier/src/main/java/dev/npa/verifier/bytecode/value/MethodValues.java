// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import java.util.Optional;

/// The values in one method: a state before each block, from which that before each instruction
/// follows.
public final class MethodValues {
  private final Code code;
  private final Facts facts;
  private final Shape shape;
  private final State[] before;

  /// Where the last question about a single instruction got to: they come in order.
  private Optional<State> reached = Optional.empty();

  private int reachedAt;

  private MethodValues(Code code, Facts facts, Shape shape, State[] before) {
    this.code = code;
    this.facts = facts;
    this.shape = shape;
    this.before = before;
  }

  /// Nothing is known of the method's values.
  static MethodValues unknown(Code code, Shape shape) {
    return new MethodValues(code, Facts.NONE, shape, new State[shape.first().length]);
  }

  /// The same, with facts that say no less to this method than those that it was found with.
  MethodValues under(Facts other) {
    return new MethodValues(code, other, shape, before);
  }

  /// States, and what they mean for the rest of the plugin.
  record Analysis(MethodValues values, EffectLog effects) {}

  /// Finds states that hold whenever a block is entered, if the method is called as `entry` says
  /// and the facts hold.
  ///
  /// @param last what held under other facts, by the same symbols as the entry's; mostly it still
  ///   does
  /// @throws IllTyped if no such states were found
  static Analysis of(
      Code code,
      Facts facts,
      Shape shape,
      Thresholds thresholds,
      State entry,
      Optional<MethodValues> last,
      Budget budget) {
    Pass best = first(code, facts, shape, thresholds, entry, last, budget);
    facts.keepPass();
    for (int i = 0; i < NARROWINGS && best.foundMore(); i++) {
      Pass narrower = Pass.of(code, facts, shape, entry, best.before(), budget);
      if (!narrower.holds()) {
        break;
      }
      facts.keepPass();
      best = narrower;
    }
    return new Analysis(new MethodValues(code, facts, shape, best.before()), best.effects());
  }

  /// Nothing need be claimed of a method without loops, and mostly what held before still does.
  private static Pass first(
      Code code,
      Facts facts,
      Shape shape,
      Thresholds thresholds,
      State entry,
      Optional<MethodValues> last,
      Budget budget) {
    State[] claims = last.isPresent() ? last.get().before : new State[shape.first().length];
    if (last.isPresent() || shape.headers().isEmpty()) {
      Pass pass = Pass.of(code, facts, shape, entry, claims, budget);
      if (pass.holds()) {
        return pass;
      }
    }
    State[] grown = new Growing(code, facts, shape, thresholds, budget).from(entry);
    Pass pass = Pass.of(code, facts, shape, entry, grown, budget);
    if (!pass.holds()) {
      throw new IllTyped("states that do not include each other");
    }
    return pass;
  }

  /// How often what was found is claimed, to find less.
  private static final int NARROWINGS = 2;

  /// Checks claims that come from elsewhere.
  ///
  /// @param claims as for [Pass]
  /// @return empty if they do not hold
  static Optional<Analysis> check(
      Code code, Facts facts, Shape shape, State entry, State[] claims, Budget budget) {
    Pass pass = Pass.of(code, facts, shape, entry, claims, budget);
    return pass.holds()
        ? Optional.of(
            new Analysis(new MethodValues(code, facts, shape, pass.before()), pass.effects()))
        : Optional.empty();
  }

  /// What holds at loop headers, to be checked once more.
  State[] claims() {
    return before;
  }

  /// What the names in the states mean; empty if nothing is known.
  Optional<Symbols> symbols() {
    return isKnown() ? Optional.of(before[0].symbols()) : Optional.empty();
  }

  /// Whether anything is known.
  public boolean isKnown() {
    return before.length > 0 && before[0] != null;
  }

  /// The state before an instruction; empty if control cannot get there, or nothing is known.
  public Optional<State> before(int instruction) {
    int block = shape.blockOf()[instruction];
    if (before[block] == null) {
      return Optional.empty();
    }
    boolean goesOn =
        reached.isPresent() && reachedAt <= instruction && shape.blockOf()[reachedAt] == block;
    State state = goesOn ? reached.get() : before[block].copy(Budget.unlimited());
    int at = goesOn ? reachedAt : shape.first()[block];
    reached = Optional.empty();
    Steps steps = steps();
    for (; at < instruction; at++) {
      if (!steps.step(state, at)) {
        return Optional.empty();
      }
    }
    reached = Optional.of(state);
    reachedAt = instruction;
    return Optional.of(state.copy());
  }

  /// The states before all instructions of the method that control can get to.
  public void forEach(Visitor visitor) {
    Steps steps = steps();
    for (int block : shape.order()) {
      if (before[block] == null) {
        continue;
      }
      State state = before[block].copy(Budget.unlimited());
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
      steps()
          .run(
              before[from].copy(Budget.unlimited()),
              from,
              (block, state) -> {
                if (block == to && merged[0] == null) {
                  merged[0] = state;
                } else if (block == to) {
                  Order.join(merged[0], state);
                }
              });
    }
    return Optional.ofNullable(merged[0]);
  }

  private Steps steps() {
    return new Steps(code, new Meaning(code, facts, Effects.NONE), shape, Budget.unlimited());
  }
}
