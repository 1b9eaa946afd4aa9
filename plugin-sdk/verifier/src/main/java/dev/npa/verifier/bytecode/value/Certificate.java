// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.value.MethodValues.Analysis;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was found out about a vendor's code, to be checked against the code that was written from
/// it: facts, and what holds at loop headers. Nothing in it is believed; where it is wrong, it is
/// of no use.
public final class Certificate {
  private final PluginValues vendor;
  private final Origins origins;

  /// Where the written code comes from.
  public interface Origins {
    /// The vendor's method; empty for one that the rewriter added.
    Optional<PluginMethod> method(PluginMethod written);

    /// The vendor's instruction that stands at or after a written one of such a method.
    int instruction(PluginMethod written, int index);
  }

  public Certificate(PluginValues vendor, Origins origins) {
    this.vendor = vendor;
    this.origins = origins;
  }

  /// @return what holds in the written code; empty if the certificate does not fit it
  /// @throws IllTyped if the code is not type-safe, or the budget is used up
  Optional<PluginValues> check(Subjects written, Budget budget) {
    return vendor.facts().isPresent()
        ? together(written, vendor.facts().get(), budget)
        : oneByOne(written, budget);
  }

  private Optional<PluginValues> together(Subjects written, PluginFacts found, Budget budget) {
    Map<PluginMethod, PluginMethod> named = new HashMap<>();
    for (PluginMethod method : written.calleesFirst()) {
      origins.method(method).ifPresent(origin -> named.put(origin, method));
    }
    PluginFacts facts =
        found.carried(origin -> Optional.ofNullable(named.get(origin)), written.stores());
    Map<PluginMethod, Analysis> analyses = new HashMap<>();
    Map<PluginMethod, MethodValues> values = new HashMap<>();
    for (PluginMethod method : written.calleesFirst()) {
      Optional<List<Value>> arguments = facts.arguments(method);
      if (arguments.isPresent()) {
        Optional<Analysis> analysis = check(written, method, facts, arguments.get(), budget);
        if (analysis.isEmpty()) {
          return Optional.empty();
        }
        analyses.put(method, analysis.get());
        values.put(method, analysis.get().values());
      }
    }
    return facts.include(written.collected(facts.wild(), analyses))
        ? Optional.of(new PluginValues(written, Optional.of(facts), values))
        : Optional.empty();
  }

  private Optional<PluginValues> oneByOne(Subjects written, Budget budget) {
    Map<PluginMethod, MethodValues> values = new HashMap<>();
    for (PluginMethod method : written.calleesFirst()) {
      check(written, method, Facts.NONE, Subjects.anything(method), budget)
          .ifPresent(analysis -> values.put(method, analysis.values()));
    }
    return Optional.of(new PluginValues(written, Optional.empty(), values));
  }

  private Optional<Analysis> check(
      Subjects written, PluginMethod method, Facts facts, List<Value> arguments, Budget budget) {
    Optional<MethodValues> origin = origins.method(method).map(vendor::of);
    Symbols symbols =
        origin.flatMap(MethodValues::symbols).orElseGet(() -> new Symbols(method.node().maxLocals));
    State entry = written.entry(method, facts, arguments, symbols, budget);
    Shape shape = written.shape(method);
    State[] claims = new State[shape.first().length];
    BitSet headers = shape.headers();
    for (int b = headers.nextSetBit(0);
        b >= 0 && origin.isPresent();
        b = headers.nextSetBit(b + 1)) {
      claims[b] =
          claim(origin.get(), origins.instruction(method, shape.first()[b]), method, budget);
    }
    return MethodValues.check(written.code(method), facts, shape, entry, claims, budget);
  }

  private static State claim(
      MethodValues origin, int instruction, PluginMethod method, Budget budget) {
    return origin
        .before(instruction)
        .map(state -> state.copy(method.node().maxLocals, method.node().maxStack + 2, budget))
        .orElse(null);
  }
}
