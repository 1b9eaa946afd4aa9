// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.value.Value.Number;
import dev.npa.verifier.bytecode.value.Value.Opaque;
import dev.npa.verifier.bytecode.value.Value.Reference;
import dev.npa.verifier.bytecode.world.AllowList;
import dev.npa.verifier.bytecode.world.Meter;
import dev.npa.verifier.bytecode.world.SdkCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;

/// What calls do: own methods by what is known of them, the SDK's by declaration, number methods by
/// their definition.
final class Calls {
  private final String owner;
  private final Plugin plugin;
  private final Facts facts;

  Calls(PluginMethod method, Plugin plugin, Facts facts) {
    this.owner = method.owner().name();
    this.plugin = plugin;
    this.facts = facts;
  }

  /// Carries out a call.
  ///
  /// @return whether it can return
  boolean call(State state, MethodInsnNode call, Effects effects) {
    Type type = Type.getMethodType(call.desc);
    List<Value> arguments = arguments(state, call, type.getArgumentCount());
    boolean receiver = call.getOpcode() != Opcodes.INVOKESTATIC;
    if (receiver && arguments.getFirst() instanceof Reference self) {
      state.learnNotNull(self);
    }
    Optional<PluginMethod> own = plugin.method(call.owner, call.name, call.desc);
    Value result;
    if (own.isPresent()) {
      arguments.forEach(argument -> letOut(argument, owner, effects));
      effects.called(own.get(), arguments);
      state.forgetFields(symbol -> isStored(state, own.get(), symbol));
      Optional<Value> returned = facts.result(own.get());
      if (returned.isEmpty()) {
        return false;
      }
      result = returned.get();
    } else {
      if (!AllowList.isObjectConstructor(call.owner, call.name, call.desc)) {
        arguments.forEach(argument -> letOut(argument, owner, effects));
      }
      result = outside(state, call, type.getReturnType(), arguments);
    }
    if (type.getReturnType().getSort() != Type.VOID) {
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

  private boolean isStored(State state, PluginMethod callee, int symbol) {
    return facts.mayStore(callee, state.symbols().member(symbol));
  }

  private static List<Value> arguments(State state, MethodInsnNode call, int count) {
    List<Value> arguments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      arguments.addFirst(state.pop());
    }
    if (call.getOpcode() != Opcodes.INVOKESTATIC) {
      arguments.addFirst(state.popReference());
    }
    return arguments;
  }

  private static Value outside(
      State state, MethodInsnNode call, Type returned, List<Value> arguments) {
    Optional<SdkCalls.Call> sdk = SdkCalls.of(call.owner, call.name, call.desc);
    if (sdk.isPresent()) {
      return declared(state, call, returned, arguments, sdk.get());
    }
    if (call.name.equals(Meter.ARRAY_METHOD) && call.desc.equals(Meter.ARRAY_DESCRIPTOR)) {
      return arrayLength(arguments.getFirst());
    }
    return AllowList.isStaticMethod(call.owner, call.name, call.desc)
        ? NumberMethods.result(state, call, arguments)
        : Facts.any(returned);
  }

  private static Value declared(
      State state,
      MethodInsnNode call,
      Type returned,
      List<Value> arguments,
      SdkCalls.Call declared) {
    Value result =
        switch (Facts.any(returned)) {
          case Number number ->
              number.withRange(number.range().meet(Interval.of(declared.min(), declared.max())));
          case Reference reference -> Reference.NOT_NULL;
          case Opaque opaque -> opaque;
        };
    if (!declared.stable()) {
      return result;
    }
    String member = Facts.key(call.owner, call.name, call.desc);
    return result.withEqual(
        Term.of(state.symbols().member(arguments.getFirst().equal().symbol(), member), 0));
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
