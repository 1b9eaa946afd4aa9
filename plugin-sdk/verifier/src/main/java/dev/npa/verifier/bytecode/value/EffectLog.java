// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.read.PluginMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Keeps effects until it is certain that the states they follow from hold.
final class EffectLog implements Effects {
  /// What a constructor leaves is worked out anew for each who asks, field by field.
  private static final int CONSTRUCTED = 100;

  private final List<Consumer<Effects>> kept = new ArrayList<>();
  private Optional<State> end = Optional.empty();

  void replay(Effects to) {
    for (Consumer<Effects> effect : kept) {
      effect.accept(to);
    }
    end.ifPresent(to::constructed);
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

  /// However many ways lead out of a constructor, what they have in common is kept once.
  @Override
  public void constructed(State state) {
    State copy = state.copy();
    copy.clearStack();
    if (end.isPresent()) {
      Order.join(end.get(), copy);
    } else {
      state.pay(CONSTRUCTED);
      end = Optional.of(copy);
    }
  }
}
