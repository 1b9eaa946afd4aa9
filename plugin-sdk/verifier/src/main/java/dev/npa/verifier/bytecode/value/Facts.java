// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.value.Value.Number;
import dev.npa.verifier.bytecode.value.Value.Opaque;
import dev.npa.verifier.bytecode.value.Value.Reference;
import java.util.List;
import java.util.Optional;
import org.objectweb.asm.Type;

/// What holds across methods, whenever no constructor is at work on the object concerned.
interface Facts {

  /// What any call of `method` returns; empty if none is known to return.
  ///
  /// @param arguments of the call that asks, receiver first
  Optional<Value> result(PluginMethod method, List<Value> arguments);

  /// What a field of any object holds.
  Value field(String key, Type type);

  /// What a final field is relative to another of the same object.
  Optional<SameObject> relation(String key);

  /// Names of fields that a call of `method` may store to.
  boolean mayStore(PluginMethod method, String key);

  /// Whether nothing can see an object of this class before its constructor is done.
  boolean isTame(String owner);

  /// A pass over the method begins.
  default void beginPass() {
    // For those who keep a record.
  }

  /// The last pass is the one whose states are kept, so what it was told is what they rest on.
  default void keepPass() {
    // For those who keep a record.
  }

  /// `field = other + offset`, or, of an array, `length = other + offset`.
  record SameObject(String other, long offset) {}

  /// The last step of the name of an array's length.
  String LENGTH = "#length";

  static String key(String owner, String name, String descriptor) {
    return owner + '.' + name + ':' + descriptor;
  }

  /// Whatever a local or an argument of this type can hold. The JVM does not keep a byte in a byte.
  static Value any(Type type) {
    return switch (type.getSort()) {
      case Type.BOOLEAN, Type.CHAR, Type.BYTE, Type.SHORT, Type.INT -> Number.ANY_INT;
      case Type.LONG -> Number.ANY_LONG;
      case Type.DOUBLE -> Opaque.TWO_SLOTS;
      case Type.FLOAT, Type.VOID -> Opaque.ONE_SLOT;
      default -> Reference.ANY;
    };
  }

  /// Whatever a field or an array element of this type can hold, and a method return: stores and
  /// returns narrow (JVMS 6.5 `putfield`, `ireturn`).
  static Value stored(Type type) {
    return switch (type.getSort()) {
      case Type.BOOLEAN -> Number.of(Width.INT, Interval.BOOLEAN);
      case Type.CHAR -> Number.of(Width.INT, Interval.of(0, Character.MAX_VALUE));
      case Type.BYTE -> Number.of(Width.INT, Interval.of(Byte.MIN_VALUE, Byte.MAX_VALUE));
      case Type.SHORT -> Number.of(Width.INT, Interval.of(Short.MIN_VALUE, Short.MAX_VALUE));
      default -> any(type);
    };
  }

  /// What is left of a value when it is stored to a field of this type, or returned.
  ///
  /// @param stored whatever that can hold by its type
  static Value narrowed(Value value, Value stored) {
    return value instanceof Number number
            && stored instanceof Number limits
            && !limits.range().includes(number.range())
        ? limits
        : value;
  }

  /// What a new object's field holds.
  static Value initial(Type type) {
    Value any = any(type);
    return any instanceof Number number ? Number.constant(number.width(), 0) : any;
  }

  /// A value without what relates it to one method's locals.
  static Value detached(Value value) {
    if (value instanceof Number number) {
      return Number.of(number.width(), number.range());
    }
    return value instanceof Reference reference
        ? new Reference(
            reference.mayBeNull(),
            false,
            Number.of(Width.INT, reference.length().range()),
            Term.NONE)
        : value;
  }

  static List<Value> detached(List<Value> values) {
    Value[] detached = new Value[values.size()];
    for (int i = 0; i < detached.length; i++) {
      detached[i] = detached(values.get(i));
    }
    return List.of(detached);
  }

  /// Nothing is known but the types.
  Facts NONE =
      new Facts() {
        @Override
        public Optional<Value> result(PluginMethod method, List<Value> arguments) {
          return Optional.of(stored(Type.getReturnType(method.descriptor())));
        }

        @Override
        public Value field(String key, Type type) {
          return stored(type);
        }

        @Override
        public Optional<SameObject> relation(String key) {
          return Optional.empty();
        }

        @Override
        public boolean mayStore(PluginMethod method, String key) {
          return true;
        }

        @Override
        public boolean isTame(String owner) {
          return false;
        }
      };
}
