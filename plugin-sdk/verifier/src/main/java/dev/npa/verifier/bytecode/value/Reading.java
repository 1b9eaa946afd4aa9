// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.read.PluginMethod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.objectweb.asm.Type;

/// Facts as the last pass of one analysis saw them. Remembers what it was told: while that stays
/// true, the analysis need not be repeated.
final class Reading implements Facts {
  private final PluginFacts facts;
  private final FirstCall firstCall;
  private final Map<PluginMethod, Optional<Value>> results = new HashMap<>();
  private final Map<String, Field> fields = new HashMap<>();
  private final Map<String, Optional<SameObject>> relations = new HashMap<>();
  private final Map<String, Boolean> tame = new HashMap<>();

  /// Whether it was told two things about one.
  private boolean contradicted;

  private record Field(Type type, Value value) {}

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
    note(results, method, result);
    return result;
  }

  @Override
  public Value field(String key, Type type) {
    Value value = facts.field(key, type);
    note(fields, key, new Field(type, value));
    return value;
  }

  @Override
  public Optional<SameObject> relation(String key) {
    Optional<SameObject> relation = facts.relation(key);
    note(relations, key, relation);
    return relation;
  }

  @Override
  public boolean mayStore(PluginMethod method, String key) {
    return facts.mayStore(method, key);
  }

  @Override
  public boolean isTame(String owner) {
    boolean isTame = facts.isTame(owner);
    note(tame, owner, isTame);
    return isTame;
  }

  private <K, V> void note(Map<K, V> told, K about, V what) {
    V before = told.put(about, what);
    contradicted |= before != null && !before.equals(what);
  }

  @Override
  public void beginPass() {
    results.clear();
    fields.clear();
    relations.clear();
    contradicted = false;
  }

  /// Whether other facts say the same.
  boolean agreesWith(PluginFacts other) {
    return !contradicted
        && tame.entrySet().stream().allMatch(e -> other.isTame(e.getKey()) == e.getValue())
        && results.entrySet().stream().allMatch(e -> other.result(e.getKey()).equals(e.getValue()))
        && fields.entrySet().stream()
            .allMatch(
                e -> other.field(e.getKey(), e.getValue().type()).equals(e.getValue().value()))
        && relations.entrySet().stream()
            .allMatch(e -> other.relation(e.getKey()).equals(e.getValue()));
  }
}
