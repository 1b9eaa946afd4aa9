// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.read.PluginMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Keeps effects until it is certain that the states they follow from hold.
final class EffectLog implements Effects {
  /// What a constructor leaves is worked out anew for each who asks, field by field.
  private static final int CONSTRUCTED = 100;

  private final List<Consumer<Effects>> kept = new ArrayList<>();

  void replay(Effects to) {
    for (Consumer<Effects> effect : kept) {
      effect.accept(to);
    }
  }

  @Override
  public void called(PluginMethod callee, List<Value> arguments) {
    List<Value> detached = Facts.detached(arguments);
    kept.add(to -> to.called(callee, detached));
  }

  @Override
  public void returned(Value value) {
    Value detached = Facts.detached(value);
    kept.add(to -> to.returned(detached));
  }

  @Override
  public void stored(String field, Value value) {
    Value detached = Facts.detached(value);
    kept.add(to -> to.stored(field, detached));
  }

  @Override
  public void escapes(String owner) {
    kept.add(to -> to.escapes(owner));
  }

  @Override
  public void constructed(State state) {
    state.pay(CONSTRUCTED);
    State copy = state.copy();
    kept.add(to -> to.constructed(copy));
  }
}
