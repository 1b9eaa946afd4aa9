// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.read.PluginMethod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.objectweb.asm.Type;

/// Facts as one analysis saw them. Remembers what the pass that it keeps was told: while that stays
/// true, another analysis would find little else. This saves work and shows nothing: what is shown
/// in the end, [Together] shows by a pass over each method.
final class Reading implements Facts {
  private final PluginFacts facts;
  private final FirstCall firstCall;
  private final Map<String, Boolean> tame = new HashMap<>();
  private Notes pass = new Notes();
  private Notes kept = new Notes();

  private record Field(Type type, Value value) {}

  /// What one pass was told.
  private static final class Notes {
    final Map<PluginMethod, Optional<Value>> results = new HashMap<>();
    final Map<String, Field> fields = new HashMap<>();
    final Map<String, Optional<SameObject>> relations = new HashMap<>();

    /// Whether it was told two things about one.
    boolean contradicted;

    <K, V> void note(Map<K, V> told, K about, V what) {
      V before = told.put(about, what);
      contradicted |= before != null && !before.equals(what);
    }
  }

  /// Told of a call whose callee is not known to return, just before that is said.
  interface FirstCall {
    void of(PluginMethod callee, List<Value> arguments);
  }

  Reading(PluginFacts facts, FirstCall firstCall) {
    this.facts = facts;
    this.firstCall = firstCall;
  }

  @Override
  public Optional<Value> result(PluginMethod method, List<Value> arguments) {
    if (facts.result(method).isEmpty()) {
      firstCall.of(method, arguments);
    }
    Optional<Value> result = facts.result(method);
    pass.note(pass.results, method, result);
    return result;
  }

  @Override
  public Value field(String key, Type type) {
    Value value = facts.field(key, type);
    pass.note(pass.fields, key, new Field(type, value));
    return value;
  }

  @Override
  public Optional<SameObject> relation(String key) {
    Optional<SameObject> relation = facts.relation(key);
    pass.note(pass.relations, key, relation);
    return relation;
  }

  @Override
  public boolean mayStore(PluginMethod method, String key) {
    return facts.mayStore(method, key);
  }

  @Override
  public boolean isTame(String owner) {
    boolean isTame = facts.isTame(owner);
    tame.put(owner, isTame);
    return isTame;
  }

  @Override
  public void beginPass() {
    pass = new Notes();
  }

  @Override
  public void keepPass() {
    kept = pass;
  }

  /// How much it was told.
  int size() {
    return tame.size() + kept.results.size() + kept.fields.size() + kept.relations.size();
  }

  /// Whether other facts say the same.
  boolean agreesWith(PluginFacts other) {
    return !kept.contradicted
        && PluginFacts.allMatch(tame, (owner, told) -> other.isTame(owner) == told)
        && PluginFacts.allMatch(kept.results, (method, told) -> other.result(method).equals(told))
        && PluginFacts.allMatch(
            kept.fields, (key, told) -> other.field(key, told.type()).equals(told.value()))
        && PluginFacts.allMatch(kept.relations, (key, told) -> other.relation(key).equals(told));
  }
}
