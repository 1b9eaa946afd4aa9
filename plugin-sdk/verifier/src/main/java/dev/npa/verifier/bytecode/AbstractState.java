// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import dev.npa.verifier.bytecode.value.State;
import dev.npa.verifier.bytecode.value.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What the gate knows before an instruction: one text for each local and each value on the stack,
/// and for each field that the method has looked at and that nothing can have changed since.
///
/// The texts are for people, and stable enough to compare: `int 0..4095`, `long 0..65520 in steps
/// of 16`, `int 7`, `reference, not null`, `reference, may be null`, `array of 64..4096, not null`
/// (only when the length is known), `other` (float, double, nothing, or anything). What is known
/// relative to a local or field follows: `int 0..63 = local 3 + 1, <= this.ring.size - 1`.
///
/// @param locals by number; the second half of a long or double is `other`
/// @param stack the top last
/// @param fields each with its name: `this.ring.head: int 0..63`
public record AbstractState(List<String> locals, List<String> stack, List<String> fields) {

  public AbstractState {
    locals = List.copyOf(locals);
    stack = List.copyOf(stack);
    fields = List.copyOf(fields);
  }

  /// @param hasThis whether local 0 is `this`
  static AbstractState of(State state, boolean hasThis) {
    Wording wording = new Wording(state, hasThis);
    List<String> locals = new ArrayList<>();
    for (int i = 0; i < state.locals(); i++) {
      locals.add(wording.of(state.local(i)));
    }
    List<String> stack = new ArrayList<>();
    for (int i = state.depth() - 1; i >= 0; i--) {
      stack.add(wording.of(state.top(i)));
    }
    return new AbstractState(locals, stack, wording.fields());
  }

  /// One line: `locals [0: ..., 1: ...] stack [...] fields [...]`, without the locals that nothing
  /// is known of, and without fields if there are none.
  @Override
  public String toString() {
    String known =
        IntStream.range(0, locals.size())
            .filter(i -> !locals.get(i).equals("other"))
            .mapToObj(i -> i + ": " + locals.get(i))
            .collect(Collectors.joining("; "));
    return "locals ["
        + known
        + "] stack ["
        + String.join("; ", stack)
        + (fields.isEmpty() ? "]" : "] fields [" + String.join("; ", fields) + "]");
  }
}
