// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.PluginMethod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The values in all methods of a plugin, with what they know of each other: arguments joined over
/// all calls, results, what fields can hold.
public final class PluginValues {
  private final Subjects subjects;
  private final Optional<PluginFacts> facts;
  private final Map<PluginMethod, MethodValues> values;

  PluginValues(
      Subjects subjects, Optional<PluginFacts> facts, Map<PluginMethod, MethodValues> values) {
    this.subjects = subjects;
    this.facts = facts;
    this.values = values;
  }

  /// Analyses all methods together. What the budget does not suffice for is analysed method by
  /// method, from the types alone, and what is left then, not at all.
  ///
  /// @param calleesFirst every method, after those that it calls
  /// @param shapes the control flow of each
  public static PluginValues of(
      Plugin plugin,
      List<PluginMethod> calleesFirst,
      Function<PluginMethod, Shape> shapes,
      Budget budget) {
    Subjects subjects = new Subjects(plugin, calleesFirst, shapes);
    try {
      Optional<PluginValues> found = Together.analyse(subjects, budget.half());
      if (found.isPresent()) {
        return found.get();
      }
    } catch (IllTyped | IndexOutOfBoundsException notTypeSafe) {
      // Then what can be said of each method alone; the rules find what is wrong.
    }
    Map<PluginMethod, MethodValues> values = new HashMap<>();
    for (PluginMethod method : calleesFirst) {
      alone(subjects, method, budget).ifPresent(found -> values.put(method, found));
    }
    return new PluginValues(subjects, Optional.empty(), values);
  }

  private static Optional<MethodValues> alone(
      Subjects subjects, PluginMethod method, Budget budget) {
    try {
      List<Value> arguments = Subjects.anything(method);
      return Optional.of(
          subjects.analyse(method, Facts.NONE, arguments, Optional.empty(), budget).values());
    } catch (IllTyped | IndexOutOfBoundsException notTypeSafe) {
      return Optional.empty();
    }
  }

  /// Checks what was found out about other code, and goes over each method once if it holds here.
  /// If not, this is [#of].
  public static PluginValues carried(
      Plugin plugin,
      List<PluginMethod> calleesFirst,
      Function<PluginMethod, Shape> shapes,
      Certificate certificate,
      Budget budget) {
    Subjects subjects = new Subjects(plugin, calleesFirst, shapes);
    try {
      Optional<PluginValues> checked = certificate.check(subjects, budget.half());
      if (checked.isPresent()) {
        return checked.get();
      }
    } catch (IllTyped | IndexOutOfBoundsException notTypeSafe) {
      // Then as if there had been no certificate.
    }
    return of(plugin, calleesFirst, shapes, budget);
  }

  /// What the methods tell each other; empty if each was analysed for itself.
  Optional<PluginFacts> facts() {
    return facts;
  }

  /// Never empty-handed: of what was not analysed nothing is known.
  public MethodValues of(PluginMethod method) {
    MethodValues found = values.get(method);
    return found == null
        ? MethodValues.unknown(subjects.code(method), subjects.shape(method))
        : found;
  }
}
