// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.value.MethodValues.Analysis;
import dev.npa.verifier.bytecode.value.Value.Number;
import dev.npa.verifier.bytecode.value.Value.Reference;
import dev.npa.verifier.bytecode.world.EntryPoints;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.objectweb.asm.Type;

/// The values in all methods of a plugin, with what they know of each other: arguments joined over
/// all calls, results, what fields can hold.
public final class PluginValues {
  /// Instructions that the analysis may execute. Plugins for which that is not enough are analysed
  /// method by method, from the types alone, and once that is not enough either, not at all.
  private static final int STEPS = 600_000;

  private final Plugin plugin;
  private final List<PluginMethod> calleesFirst;
  private final Map<PluginMethod, Shape> shapes = new HashMap<>();
  private final Stores stores;
  private final Thresholds thresholds;
  private final Dependents dependents;
  private Map<PluginMethod, MethodValues> values = new HashMap<>();
  private Budget budget = new Budget(STEPS);

  private PluginValues(
      Plugin plugin, List<PluginMethod> calleesFirst, Function<PluginMethod, Shape> shapes) {
    this.plugin = plugin;
    this.calleesFirst = calleesFirst;
    calleesFirst.forEach(method -> this.shapes.put(method, shapes.apply(method)));
    this.stores = Stores.of(plugin, calleesFirst);
    this.thresholds = Thresholds.of(calleesFirst);
    this.dependents = Dependents.of(plugin, calleesFirst);
  }

  /// @param calleesFirst every method, after those that it calls
  /// @param shapes the control flow of each
  public static PluginValues of(
      Plugin plugin, List<PluginMethod> calleesFirst, Function<PluginMethod, Shape> shapes) {
    PluginValues found = new PluginValues(plugin, calleesFirst, shapes);
    if (!found.together()) {
      found.oneByOne();
    }
    return found;
  }

  public MethodValues of(PluginMethod method) {
    return values.get(method);
  }

  /// Each method for itself, called with anything.
  private void oneByOne() {
    values = new HashMap<>();
    budget = new Budget(STEPS);
    for (PluginMethod method : calleesFirst) {
      values.put(method, alone(method));
    }
  }

  private MethodValues alone(PluginMethod method) {
    try {
      return analyse(method, Facts.NONE, anything(method)).values();
    } catch (IllTyped | IndexOutOfBoundsException notTypeSafe) {
      return MethodValues.unknown(method, plugin, shapes.get(method));
    }
  }

  /// @return false if that took too long or did not work out
  private boolean together() {
    try {
      PluginFacts facts = new PluginFacts(stores, thresholds);
      PluginFacts narrower = collected(facts, iterate(facts));
      if (isInductive(narrower)) {
        return true;
      }
      return isInductive(facts);
    } catch (IllTyped | IndexOutOfBoundsException notTypeSafe) {
      return false;
    }
  }

  /// Lets facts grow until nothing adds to them.
  ///
  /// @return for each method that is called what its last analysis found
  private Map<PluginMethod, Analysis> iterate(PluginFacts facts) {
    Map<PluginMethod, Integer> rank = new HashMap<>();
    calleesFirst.forEach(method -> rank.put(method, rank.size()));
    NavigableSet<PluginMethod> work =
        new TreeSet<>((a, b) -> Integer.compare(rank.get(a), rank.get(b)));
    addRoots(facts);
    calleesFirst.stream().filter(m -> facts.arguments(m).isPresent()).forEach(work::add);
    Map<PluginMethod, Analysis> last = new HashMap<>();
    while (!work.isEmpty()) {
      PluginMethod method = work.removeFirst();
      Analysis analysis = analyse(method, facts, facts.arguments(method).orElseThrow());
      last.put(method, analysis);
      analysis.effects().replay(new Spreading(facts, method, dependents, work::add));
    }
    return last;
  }

  /// What analyses found, and no more: facts that grew in steps may have grown too far.
  private PluginFacts collected(PluginFacts facts, Map<PluginMethod, Analysis> analyses) {
    PluginFacts found = new PluginFacts(stores, thresholds);
    facts.wild().forEach(found::addWild);
    addRoots(found);
    for (PluginMethod method : calleesFirst) {
      if (analyses.containsKey(method)) {
        Effects collecting = new Spreading(found, method, dependents, changed -> {});
        analyses.get(method).effects().replay(collecting);
      }
    }
    return found;
  }

  /// Whether no method leads out of the facts if they hold. If so, they do: by induction over the
  /// calls, returns and stores of a run. Every method is analysed anew.
  private boolean isInductive(PluginFacts facts) {
    Map<PluginMethod, Analysis> analyses = new HashMap<>();
    values = new HashMap<>();
    for (PluginMethod method : calleesFirst) {
      Optional<List<Value>> arguments = facts.arguments(method);
      if (arguments.isPresent()) {
        analyses.put(method, analyse(method, facts, arguments.get()));
        values.put(method, analyses.get(method).values());
      } else {
        values.put(method, MethodValues.unknown(method, plugin, shapes.get(method)));
      }
    }
    return facts.include(collected(facts, analyses));
  }

  /// Entry points are called as the contract says; what nothing calls, with anything.
  private void addRoots(PluginFacts facts) {
    for (PluginMethod method : calleesFirst) {
      if (method.owner().name().equals(plugin.entryName())
          && EntryPoints.is(method.name(), method.descriptor())) {
        facts.addArguments(method, contract(method));
      } else if (!dependents.isCalled(method)) {
        facts.addArguments(method, anything(method));
      }
    }
  }

  private Analysis analyse(PluginMethod method, Facts facts, List<Value> arguments) {
    State entry =
        new State(
            new Symbols(method.node().maxLocals),
            method.node().maxLocals,
            method.node().maxStack + 2);
    boolean constructs = method.name().equals("<init>") && facts.isTame(method.owner().name());
    int slot = 0;
    for (Value argument : arguments) {
      entry.set(slot, constructs && slot == 0 ? underConstruction() : argument);
      slot += argument.isWide() ? 2 : 1;
    }
    if (constructs) {
      Fields.prepare(entry, method);
    }
    return MethodValues.of(method, plugin, facts, shapes.get(method), thresholds, entry, budget);
  }

  private static Reference underConstruction() {
    return new Reference(false, true, Reference.ANY_LENGTH, Term.NONE);
  }

  private static List<Value> anything(PluginMethod method) {
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
