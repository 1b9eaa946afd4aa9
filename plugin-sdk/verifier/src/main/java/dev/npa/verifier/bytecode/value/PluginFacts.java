// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.read.PluginMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import org.objectweb.asm.Type;

/// What the methods of a plugin tell each other, as far as it is known.
final class PluginFacts implements Facts {
  private final Map<PluginMethod, List<Value>> arguments = new HashMap<>();
  private final Map<PluginMethod, Value> results = new HashMap<>();
  private final Map<String, Value> fields = new HashMap<>();
  private final Map<String, Map<String, SameObject>> relations = new HashMap<>();
  private final Set<String> wild = new HashSet<>();
  private final Map<Object, Integer> growth = new HashMap<>();
  private final Stores stores;
  private final Stops stops;

  /// Where facts are likely to stop growing: at what those who are told compare with.
  interface Stops {
    Thresholds ofArguments(PluginMethod method);

    Thresholds ofResult(PluginMethod method);

    Thresholds ofField(String key);
  }

  PluginFacts(Stores stores, Stops stops) {
    this.stores = stores;
    this.stops = stops;
  }

  /// The same about the methods of another plugin, whose methods have the same names.
  ///
  /// @param named empty for a method that the other plugin does not have; nothing is said of it
  PluginFacts carried(Function<PluginMethod, Optional<PluginMethod>> named, Stores others) {
    PluginFacts carried = new PluginFacts(others, stops);
    arguments.forEach(
        (m, values) -> named.apply(m).ifPresent(o -> carried.arguments.put(o, values)));
    results.forEach((m, value) -> named.apply(m).ifPresent(o -> carried.results.put(o, value)));
    carried.fields.putAll(fields);
    carried.relations.putAll(relations);
    carried.wild.addAll(wild);
    return carried;
  }

  Optional<List<Value>> arguments(PluginMethod method) {
    return Optional.ofNullable(arguments.get(method));
  }

  @Override
  public Optional<Value> result(PluginMethod method, List<Value> arguments) {
    return result(method);
  }

  Optional<Value> result(PluginMethod method) {
    return Optional.ofNullable(results.get(method));
  }

  /// A field that nothing was stored to yet has not been read either. Of a wild class it can be
  /// read before the constructor has stored anything, however much is stored to it later and
  /// whether or not the constructor ends.
  @Override
  public Value field(String key, Type type) {
    Value known = fields.get(key);
    if (known == null) {
      return Facts.initial(type);
    }
    return isTame(owner(key)) ? known : Order.join(known, Facts.initial(type));
  }

  @Override
  public Optional<SameObject> relation(String key) {
    String owner = owner(key);
    return isTame(owner)
        ? Optional.ofNullable(relations.getOrDefault(owner, Map.of()).get(key))
        : Optional.empty();
  }

  private static String owner(String key) {
    return key.substring(0, key.indexOf('.'));
  }

  @Override
  public boolean mayStore(PluginMethod method, String key) {
    return stores.mayStore(method, key);
  }

  @Override
  public boolean isTame(String owner) {
    return !wild.contains(owner);
  }

  boolean addArguments(PluginMethod method, List<Value> values) {
    List<Value> known = arguments.get(method);
    if (known == null) {
      arguments.put(method, values);
      return true;
    }
    if (includes(known, values)) {
      return false;
    }
    List<Value> merged = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      merged.add(
          grown(List.of(method, i), known.get(i), values.get(i), () -> stops.ofArguments(method)));
    }
    arguments.put(method, merged);
    return !merged.equals(known);
  }

  boolean addResult(PluginMethod method, Value value) {
    Value known = results.get(method);
    Value merged =
        known == null ? value : grown(method, known, value, () -> stops.ofResult(method));
    results.put(method, merged);
    return !merged.equals(known);
  }

  boolean addField(String key, Value value) {
    Value known = fields.get(key);
    Value merged = known == null ? value : grown(key, known, value, () -> stops.ofField(key));
    fields.put(key, merged);
    return !merged.equals(known);
  }

  boolean addRelations(String owner, Map<String, SameObject> found) {
    Map<String, SameObject> known = relations.get(owner);
    Map<String, SameObject> both = new HashMap<>(found);
    if (known != null) {
      both.keySet().retainAll(known.keySet());
      both.entrySet().removeIf(e -> !e.getValue().equals(known.get(e.getKey())));
    }
    relations.put(owner, both);
    return !both.equals(known);
  }

  /// Classes whose objects can be seen before they are complete.
  Set<String> wild() {
    return wild;
  }

  boolean addWild(String owner) {
    return wild.add(owner);
  }

  private static final int JOINS = 2;
  private static final int WIDENINGS = 12;

  private Value grown(Object fact, Value known, Value with, Supplier<Thresholds> thresholds) {
    if (Order.includes(known, with)) {
      return known;
    }
    int times = growth.merge(fact, 1, Integer::sum);
    return times <= JOINS
        ? Order.join(known, with)
        : Order.widen(known, with, thresholds.get(), times > WIDENINGS);
  }

  /// Whether these facts include others.
  boolean include(PluginFacts found) {
    return wild.containsAll(found.wild)
        && allMatch(found.arguments, (method, values) -> includes(arguments.get(method), values))
        && allMatch(found.results, (method, value) -> includes(results.get(method), value))
        && allMatch(found.fields, (key, value) -> includes(fields.get(key), value))
        && allMatch(
            found.relations,
            (owner, others) ->
                !isTame(owner) || hold(relations.getOrDefault(owner, Map.of()), others));
  }

  /// Whether all entries match. As a loop: this is asked thousands of times.
  static <K, V> boolean allMatch(Map<K, V> map, BiPredicate<K, V> matches) {
    for (Map.Entry<K, V> entry : map.entrySet()) {
      if (!matches.test(entry.getKey(), entry.getValue())) {
        return false;
      }
    }
    return true;
  }

  private static boolean includes(List<Value> large, List<Value> small) {
    if (large == null || large.size() != small.size()) {
      return false;
    }
    for (int i = 0; i < small.size(); i++) {
      if (!Order.includes(large.get(i), small.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean includes(Value large, Value small) {
    return large != null && Order.includes(large, small);
  }

  /// Whether every relation that is relied on was found.
  private static boolean hold(Map<String, SameObject> known, Map<String, SameObject> found) {
    return allMatch(known, (key, relation) -> Objects.equals(found.get(key), relation));
  }
}
