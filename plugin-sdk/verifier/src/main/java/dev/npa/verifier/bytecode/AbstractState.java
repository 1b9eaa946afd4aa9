// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import dev.npa.verifier.bytecode.value.State;
import dev.npa.verifier.bytecode.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What the gate knows before an instruction: one text for each local and each value on the stack.
///
/// The texts are for people, and stable enough to compare: `int 0..4095`, `long 0..65520 in steps
/// of 16`, `int 7`, `reference, not null`, `reference, may be null`, `array of 64..4096, not null`
/// (only when the length is known), `other` (float, double, nothing, or anything).
///
/// @param locals by number; the second half of a long or double is `other`
/// @param stack the top last
public record AbstractState(List<String> locals, List<String> stack) {

  public AbstractState {
    locals = List.copyOf(locals);
    stack = List.copyOf(stack);
  }

  static AbstractState of(State state) {
    List<String> locals = new ArrayList<>();
    for (int i = 0; i < state.locals(); i++) {
      locals.add(text(state.local(i)));
    }
    List<String> stack = new ArrayList<>();
    for (int i = state.depth() - 1; i >= 0; i--) {
      stack.add(text(state.top(i)));
    }
    return new AbstractState(locals, stack);
  }

  private static String text(Value value) {
    return switch (value) {
      case Value.Number number -> number.toString();
      case Value.Reference reference -> reference.toString();
      case Value.Opaque opaque -> "other";
    };
  }

  /// One line: `locals [0: ..., 1: ...] stack [...]`, without the locals that nothing is known of.
  @Override
  public String toString() {
    String known =
        IntStream.range(0, locals.size())
            .filter(i -> !locals.get(i).equals("other"))
            .mapToObj(i -> i + ": " + locals.get(i))
            .collect(Collectors.joining(", "));
    return "locals [" + known + "] stack [" + String.join(", ", stack) + "]";
  }
}
