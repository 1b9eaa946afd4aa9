// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.read.PluginClass;
import dev.npa.verifier.bytecode.read.PluginMethod;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/// Adds the effects of one method to the facts, and names the methods that these concern.
final class Spreading implements Effects {
  private final PluginFacts facts;
  private final PluginMethod method;
  private final Dependents dependents;
  private final Consumer<PluginMethod> changed;

  Spreading(
      PluginFacts facts,
      PluginMethod method,
      Dependents dependents,
      Consumer<PluginMethod> changed) {
    this.facts = facts;
    this.method = method;
    this.dependents = dependents;
    this.changed = changed;
  }

  @Override
  public void called(PluginMethod callee, List<Value> arguments) {
    if (facts.addArguments(callee, arguments)) {
      changed.accept(callee);
    }
  }

  @Override
  public void returned(Value value) {
    if (facts.addResult(method, value)) {
      again(dependents.callers(method));
    }
  }

  @Override
  public void stored(String field, Value value) {
    if (facts.addField(field, value)) {
      again(dependents.readers(field));
    }
  }

  @Override
  public void escapes(String owner) {
    if (facts.addWild(owner)) {
      again(dependents.users(owner));
    }
  }

  @Override
  public void constructed(State state) {
    PluginClass owner = method.owner();
    if (!facts.isTame(owner.name())) {
      return;
    }
    Construction made = Construction.of(owner, state);
    made.values().forEach(this::stored);
    if (facts.addRelations(owner.name(), made.relations())) {
      again(dependents.users(owner.name()));
    }
  }

  private void again(Collection<PluginMethod> methods) {
    for (PluginMethod dependent : methods) {
      if (facts.arguments(dependent).isPresent()) {
        changed.accept(dependent);
      }
    }
  }
}
