// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.value.Value.Number;
import dev.npa.verifier.bytecode.value.Value.Reference;
import dev.npa.verifier.bytecode.world.SdkCalls;
import java.util.List;
import java.util.Optional;

/// What calls do: own methods by what is known of them, the SDK's by declaration, number methods by
/// their definition.
final class Calls {
  private final String owner;
  private final Facts facts;
  private final Effects effects;

  /// @param owner class of the method at work
  Calls(String owner, Facts facts, Effects effects) {
    this.owner = owner;
    this.facts = facts;
    this.effects = effects;
  }

  /// Carries out a call.
  ///
  /// @return whether it can return
  boolean call(State state, Code.Call call) {
    List<Value> arguments = arguments(state, call);
    if (call.receiver() && arguments.getFirst() instanceof Reference self) {
      state.learnNotNull(self);
    }
    if (call.target() != Code.Target.OBJECT_CONSTRUCTOR) {
      for (Value argument : arguments) {
        letOut(argument, owner, effects);
      }
    }
    Value result;
    if (call.own().isPresent()) {
      PluginMethod callee = call.own().get();
      effects.called(callee, arguments);
      state.forgetFields(symbol -> facts.mayStore(callee, state.symbols().member(symbol)));
      Optional<Value> returned = facts.result(callee, arguments);
      if (returned.isEmpty()) {
        return false;
      }
      result = returned.get();
    } else {
      result = outside(state, call, arguments);
    }
    if (call.returns()) {
      state.push(result);
    }
    return true;
  }

  /// A value goes where other code can see it.
  ///
  /// @param owner class of the method at work
  static void letOut(Value value, String owner, Effects effects) {
    if (value instanceof Reference reference && reference.mayBeThis()) {
      effects.escapes(owner);
    }
  }

  private static List<Value> arguments(State state, Code.Call call) {
    int first = call.receiver() ? 1 : 0;
    Value[] arguments = new Value[first + call.arguments()];
    for (int i = arguments.length - 1; i >= first; i--) {
      arguments[i] = state.pop();
    }
    if (call.receiver()) {
      arguments[0] = state.popReference();
    }
    return List.of(arguments);
  }

  private static Value outside(State state, Code.Call call, List<Value> arguments) {
    return switch (call.target()) {
      case SDK -> declared(state, call, arguments, call.sdk().orElseThrow());
      case METER_ARRAY -> arrayLength(arguments.getFirst());
      case NUMBER -> NumberMethods.result(state, call.insn(), arguments);
      case OWN, OBJECT_CONSTRUCTOR, ELSEWHERE -> call.any();
    };
  }

  private static Value declared(
      State state, Code.Call call, List<Value> arguments, SdkCalls.Call declared) {
    Value result = call.any();
    if (result instanceof Number number) {
      result = number.withRange(number.range().meet(Interval.of(declared.min(), declared.max())));
    } else if (result instanceof Reference) {
      result = Reference.NOT_NULL;
    }
    return declared.stable()
        ? result.withEqual(
            Term.of(
                state.symbols().member(arguments.getFirst().equal().symbol(), call.member()), 0))
        : result;
  }

  /// The meter gives back the length that it was asked for, or throws.
  static Number arrayLength(Value asked) {
    return asked instanceof Number number
        ? number.withRange(possible(number.range()))
        : Reference.ANY_LENGTH;
  }

  private static Interval possible(Interval asked) {
    Interval met = asked.meet(Reference.ANY_LENGTH.range());
    return met.isEmpty() ? Reference.ANY_LENGTH.range() : met;
  }
}
