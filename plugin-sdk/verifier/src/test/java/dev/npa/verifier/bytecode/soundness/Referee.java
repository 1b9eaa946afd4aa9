// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.soundness;

import dev.npa.verifier.bytecode.flow.Loop;
import dev.npa.verifier.bytecode.flow.LoopBound;
import dev.npa.verifier.bytecode.flow.MethodFlow;
import dev.npa.verifier.bytecode.flow.PluginFlow;
import dev.npa.verifier.bytecode.read.InstructionText;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.value.Claims;
import dev.npa.verifier.bytecode.value.Faults;
import dev.npa.verifier.bytecode.value.State;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Holds every step of a run against what the analyses claim: values, trip counts, call depth,
/// instructions that cannot throw.
final class Referee implements Machine.Watch {
  /// Calls inside a plugin nest at most this deep.
  private static final int DEPTH = 8;

  private final PluginFlow flow;
  private final Map<PluginMethod, State[]> states = new HashMap<>();
  private final Deque<Activation> calls = new ArrayDeque<>();
  private long steps;
  private long checkedLoops;
  private int longestProvedRun;

  private static final class Activation {
    final long[] rounds;
    int lastBlock = -1;

    Activation(int loops) {
      rounds = new long[loops];
    }
  }

  Referee(PluginFlow flow) {
    this.flow = flow;
  }

  /// Steps checked so far.
  long steps() {
    return steps;
  }

  /// Rounds of proved loops checked so far.
  long rounds() {
    return checkedLoops;
  }

  /// Most rounds that a proved loop made.
  int longestProvedRun() {
    return longestProvedRun;
  }

  /// A call ended, by fault or not.
  void reset() {
    calls.clear();
  }

  @Override
  public void entered(Frame frame) {
    calls.push(new Activation(flow.of(frame.method()).forest().loops().size()));
    expect(calls.size() <= DEPTH, frame, 0, "calls nest " + calls.size() + " deep");
  }

  @Override
  public void left(Frame frame) {
    calls.pop();
  }

  @Override
  public void before(Frame frame, int instruction) {
    steps++;
    countRounds(frame, instruction);
    State state = state(frame.method(), instruction);
    if (state == null) {
      expect(!isKnown(frame.method()), frame, instruction, "is claimed to be out of reach");
      return;
    }
    expect(state.depth() == frame.depth(), frame, instruction, "has a stack of another height");
    Optional<String> broken =
        Claims.broken(
            state,
            new Claims.Memory() {
              @Override
              public Optional<Object> local(int index) {
                return frame.local(index);
              }

              @Override
              public Optional<Object> stack(int below) {
                return frame.stack(below);
              }

              @Override
              public Optional<Object> member(Object object, String member) {
                return Optional.ofNullable(((Machine.Thing) object).members.get(member));
              }
            });
    expect(broken.isEmpty(), frame, instruction, broken.orElse(""));
  }

  private void countRounds(Frame frame, int instruction) {
    MethodFlow method = flow.of(frame.method());
    int block = method.graph().blockOf(instruction);
    Activation call = calls.peek();
    if (method.graph().block(block).first() != instruction) {
      return;
    }
    for (Loop loop : method.forest().loops()) {
      if (loop.header() == block) {
        boolean again = call.lastBlock >= 0 && loop.blocks().get(call.lastBlock);
        call.rounds[loop.index()] = again ? call.rounds[loop.index()] + 1 : 1;
        if (method.bound(loop) instanceof LoopBound.Proved proved) {
          checkedLoops++;
          longestProvedRun = (int) Math.max(longestProvedRun, call.rounds[loop.index()]);
          expect(
              call.rounds[loop.index()] <= proved.rounds(),
              frame,
              instruction,
              "begins round " + call.rounds[loop.index()] + " of " + proved.rounds());
        }
      }
    }
    call.lastBlock = block;
  }

  @Override
  public void faulted(Frame frame, int instruction, Machine.Fault fault) {
    State state = state(frame.method(), instruction);
    if (state != null && !fault.getMessage().equals("fuel")) {
      Faults claimed = Faults.of(flow.plugin(), state, frame.method().code().get(instruction));
      expect(claimed == Faults.CHECKED, frame, instruction, claimed + " and throws: " + fault);
    }
  }

  private boolean isKnown(PluginMethod method) {
    return state(method, 0) != null;
  }

  private State state(PluginMethod method, int instruction) {
    return states.computeIfAbsent(method, this::all)[instruction];
  }

  private State[] all(PluginMethod method) {
    State[] all = new State[method.code().size()];
    flow.values().of(method).forEach((index, state) -> all[index] = Claims.kept(state));
    return all;
  }

  private static void expect(boolean holds, Frame frame, int instruction, String otherwise) {
    if (!holds) {
      PluginMethod method = frame.method();
      throw new AssertionError(
          method.at(instruction)
              + ": "
              + InstructionText.of(method, instruction)
              + ": "
              + otherwise);
    }
  }
}
