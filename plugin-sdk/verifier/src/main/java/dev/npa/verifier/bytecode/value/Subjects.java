// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.value.MethodValues.Analysis;
import dev.npa.verifier.bytecode.value.Value.Number;
import dev.npa.verifier.bytecode.value.Value.Reference;
import dev.npa.verifier.bytecode.world.EntryPoints;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.objectweb.asm.Type;

/// The methods of one plugin as the analyses want them: decoded, with their control flow, their
/// dependents, and what they are called with from outside.
final class Subjects implements PluginFacts.Stops {
  private final Plugin plugin;
  private final List<PluginMethod> calleesFirst;
  private final Map<PluginMethod, Shape> shapes = new HashMap<>();
  private final Map<PluginMethod, Code> codes = new HashMap<>();
  private final Stores stores;
  private final Dependents dependents;
  private final Map<Object, Thresholds> thresholds = new HashMap<>();

  /// @param calleesFirst every method, after those that it calls
  /// @param shapes the control flow of each
  Subjects(Plugin plugin, List<PluginMethod> calleesFirst, Function<PluginMethod, Shape> shapes) {
    this.plugin = plugin;
    this.calleesFirst = calleesFirst;
    Map<String, String> names = new HashMap<>();
    for (PluginMethod method : calleesFirst) {
      this.shapes.put(method, shapes.apply(method));
      codes.put(method, Code.of(method, plugin, names));
    }
    this.stores = Stores.of(codes, calleesFirst);
    this.dependents = Dependents.of(codes, calleesFirst);
  }

  Plugin plugin() {
    return plugin;
  }

  List<PluginMethod> calleesFirst() {
    return calleesFirst;
  }

  Shape shape(PluginMethod method) {
    return shapes.get(method);
  }

  Code code(PluginMethod method) {
    return codes.get(method);
  }

  Stores stores() {
    return stores;
  }

  Dependents dependents() {
    return dependents;
  }

  /// Of which nothing is known yet.
  PluginFacts facts() {
    return new PluginFacts(stores, this);
  }

  @Override
  public Thresholds ofArguments(PluginMethod method) {
    return thresholds.computeIfAbsent(List.of(method), m -> of(List.of(method)));
  }

  @Override
  public Thresholds ofResult(PluginMethod method) {
    return thresholds.computeIfAbsent(method, m -> of(dependents.callers(method)));
  }

  @Override
  public Thresholds ofField(String key) {
    return thresholds.computeIfAbsent(key, k -> of(dependents.readers(key)));
  }

  private Thresholds of(Collection<PluginMethod> told) {
    return Thresholds.of(told.stream().map(codes::get).toList());
  }

  /// Entry points are called as the contract says; what nothing calls, with anything.
  void addRoots(PluginFacts facts) {
    for (PluginMethod method : calleesFirst) {
      if (method.owner().name().equals(plugin.entryName())
          && EntryPoints.is(method.name(), method.descriptor())) {
        facts.addArguments(method, contract(method));
      } else if (!dependents.isCalled(method)) {
        facts.addArguments(method, anything(method));
      }
    }
  }

  /// What analyses found, and no more: facts that grew in steps may have grown too far.
  PluginFacts collected(Collection<String> wild, Map<PluginMethod, Analysis> analyses) {
    PluginFacts found = facts();
    wild.forEach(found::addWild);
    addRoots(found);
    for (PluginMethod method : calleesFirst) {
      if (analyses.containsKey(method)) {
        Effects collecting = new Spreading(found, method, dependents, changed -> {});
        analyses.get(method).effects().replay(collecting);
      }
    }
    return found;
  }

  /// @param last what held of the method under other facts
  Analysis analyse(
      PluginMethod method,
      Facts facts,
      List<Value> arguments,
      Optional<MethodValues> last,
      Budget budget) {
    Code code = codes.get(method);
    Symbols symbols =
        last.flatMap(MethodValues::symbols).orElseGet(() -> new Symbols(method.node().maxLocals));
    State entry = entry(method, facts, arguments, symbols, budget);
    Thresholds local =
        thresholds.computeIfAbsent(code, c -> Thresholds.within(code)).with(arguments);
    return MethodValues.of(code, facts, shapes.get(method), local, entry, last, budget);
  }

  /// Goes over a method once.
  ///
  /// @param claimed what is thought to hold
  /// @return empty if it does not
  Optional<Analysis> check(
      PluginMethod method,
      Facts facts,
      List<Value> arguments,
      MethodValues claimed,
      Budget budget) {
    Symbols symbols = claimed.symbols().orElseGet(() -> new Symbols(method.node().maxLocals));
    State entry = entry(method, facts, arguments, symbols, budget);
    return MethodValues.check(
        codes.get(method), facts, shapes.get(method), entry, claimed.claims(), budget);
  }

  /// The state before a method that is called with these arguments.
  State entry(
      PluginMethod method, Facts facts, List<Value> arguments, Symbols symbols, Budget budget) {
    State entry = new State(symbols, method.node().maxLocals, method.node().maxStack + 2, budget);
    boolean constructs = method.name().equals("<init>") && facts.isTame(method.owner().name());
    int slot = 0;
    for (Value argument : arguments) {
      entry.set(slot, constructs && slot == 0 ? underConstruction() : argument);
      slot += argument.isWide() ? 2 : 1;
    }
    if (constructs) {
      Fields.prepare(entry, method);
    }
    return entry;
  }

  private static Reference underConstruction() {
    return new Reference(false, true, Reference.ANY_LENGTH, Term.NONE);
  }

  static List<Value> anything(PluginMethod method) {
    List<Value> arguments = new ArrayList<>();
    if (!method.isStatic()) {
      arguments.add(Reference.NOT_NULL);
    }
    for (Type type : Type.getArgumentTypes(method.descriptor())) {
      arguments.add(Facts.any(type));
    }
    return arguments;
  }

  private static List<Value> contract(PluginMethod method) {
    List<Value> arguments = new ArrayList<>(anything(method));
    for (int i = 1; i < arguments.size(); i++) {
      EntryPoints.Argument range = EntryPoints.argument(method.name(), i - 1);
      arguments.set(
          i,
          arguments.get(i) instanceof Number number
              ? number.withRange(Interval.of(range.min(), range.max()))
              : Reference.NOT_NULL);
    }
    return arguments;
  }
}
