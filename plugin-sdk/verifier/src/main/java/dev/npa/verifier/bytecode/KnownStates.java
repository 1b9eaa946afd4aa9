// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import dev.npa.verifier.Location;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.bytecode.flow.PluginFlow;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.rule.Subject;
import dev.npa.verifier.bytecode.value.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Adds to refusals what the gate knew just before the refused instruction.
final class KnownStates {
  private final PluginFlow flow;
  private final Map<Location, PluginMethod> methods = new HashMap<>();

  private KnownStates(PluginFlow flow) {
    this.flow = flow;
    flow.plugin().methods().forEach(method -> methods.putIfAbsent(method.here(), method));
  }

  /// The same refusals; where an analysis gives up on code that is refused anyway, without states.
  static List<Refusal> add(List<Refusal> refusals, Subject subject) {
    try {
      KnownStates known = new KnownStates(subject.flow());
      return refusals.stream().map(known::add).toList();
    } catch (RuntimeException notAnalysed) {
      return refusals;
    }
  }

  private Refusal add(Refusal refusal) {
    return refusal.location() instanceof Location.Instruction at
        ? before(at)
            .map(state -> lines(methods.get(at.method()), AbstractState.of(state)))
            .map(lines -> refusal.with(refusal.evidence().knowing(lines)))
            .orElse(refusal)
        : refusal;
  }

  /// One line for each local and each value on the stack, the top last; without `this`.
  private static List<String> lines(PluginMethod method, AbstractState state) {
    List<String> lines = new ArrayList<>();
    for (int i = method.isStatic() ? 0 : 1; i < state.locals().size(); i++) {
      if (!state.locals().get(i).equals("other")) {
        lines.add("local " + i + ": " + state.locals().get(i));
      }
    }
    for (int i = 0; i < state.stack().size(); i++) {
      lines.add("stack " + i + ": " + state.stack().get(i));
    }
    return lines;
  }

  private Optional<State> before(Location.Instruction at) {
    return Optional.ofNullable(methods.get(at.method()))
        .filter(method -> at.index() < method.code().size())
        .flatMap(method -> flow.values().of(method).before(at.index()));
  }
}
