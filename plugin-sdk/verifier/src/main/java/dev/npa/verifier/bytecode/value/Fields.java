// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.value.Value.Number;
import dev.npa.verifier.bytecode.value.Value.Opaque;
import dev.npa.verifier.bytecode.value.Value.Reference;
import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;

/// The instructions on fields.
///
/// A constructor knows the fields of the object it constructs from the start: zero and null.
final class Fields {
  private static final int THIS = 0;

  private final PluginMethod method;
  private final Plugin plugin;
  private final Facts facts;
  private final Effects effects;
  private final Map<FieldInsnNode, String> keys = new HashMap<>();

  Fields(PluginMethod method, Plugin plugin, Facts facts, Effects effects) {
    this.method = method;
    this.plugin = plugin;
    this.facts = facts;
    this.effects = effects;
  }

  void access(State state, FieldInsnNode use) {
    Type type = Type.getType(use.desc);
    switch (use.getOpcode()) {
      case Opcodes.GETFIELD -> load(state, use, type);
      case Opcodes.PUTFIELD -> store(state, use, type);
      case Opcodes.GETSTATIC -> state.push(Facts.stored(type));
      default -> Calls.letOut(state.pop(), method.owner().name(), effects);
    }
  }

  private void load(State state, FieldInsnNode use, Type type) {
    Reference object = state.popReference();
    state.learnNotNull(object);
    String key = key(use);
    int parent = object.equal().symbol();
    int symbol = state.symbols().member(parent, key);
    if (symbol != Term.NO_SYMBOL && state.hasField(symbol)) {
      state.push(state.field(symbol));
      return;
    }
    Value value =
        object.mayBeThis()
            ? Facts.stored(type)
            : related(state, parent, key, facts.field(key, type));
    if (symbol == Term.NO_SYMBOL) {
      state.push(value);
    } else {
      state.found(symbol, value);
      state.push(state.field(symbol));
    }
  }

  private String key(FieldInsnNode use) {
    return keys.computeIfAbsent(use, u -> Facts.key(u.owner, u.name, u.desc));
  }

  private Value related(State state, int parent, String key, Value value) {
    return facts
        .relation(key)
        .<Value>map(
            same -> {
              int symbol = state.symbols().member(parent, same.other());
              if (symbol != Term.NO_SYMBOL && !state.hasField(symbol)) {
                state.found(symbol, facts.field(same.other(), Type.INT_TYPE));
              }
              Term term = Term.of(symbol, same.offset());
              return switch (value) {
                case Number number -> number.withEqual(term);
                case Reference array -> array.withLength(array.length().withEqual(term));
                case Opaque opaque -> opaque;
              };
            })
        .orElse(value);
  }

  private void store(State state, FieldInsnNode use, Type type) {
    Value value = Facts.narrowed(state.pop(), type);
    Calls.letOut(value, method.owner().name(), effects);
    Reference object = state.popReference();
    state.learnNotNull(object);
    String key = key(use);
    int symbol = state.symbols().member(object.equal().symbol(), key);
    boolean own = isUnderConstruction(object, use.owner);
    if (!own) {
      effects.stored(key, value);
      if (object.mayBeThis() || isFinal(use)) {
        effects.escapes(use.owner);
      }
    }
    state.forgetFields(
        other ->
            other != symbol
                && state.symbols().member(other).equals(key)
                && mayAlias(state, other, object, own));
    if (symbol != Term.NO_SYMBOL) {
      state.storeField(symbol, value);
    }
  }

  /// Whether this is the constructor's own object, beyond doubt.
  private boolean isUnderConstruction(Reference object, String owner) {
    return method.name().equals("<init>")
        && method.owner().name().equals(owner)
        && object.mayBeThis()
        && object.equal().symbol() == THIS;
  }

  /// Nothing but the constructor's own references can be to the object under construction, unless
  /// it escaped, and then nothing is concluded from constructors.
  private boolean mayAlias(State state, int other, Reference object, boolean own) {
    boolean otherIsThis = method.name().equals("<init>") && state.symbols().parent(other) == THIS;
    return !(otherIsThis && !object.mayBeThis()) && !(own && !otherIsThis && !taints(state, other));
  }

  private static boolean taints(State state, int symbol) {
    int parent = state.symbols().parent(symbol);
    return !state.symbols().isLocal(parent)
        || !(state.local(parent) instanceof Reference reference)
        || reference.mayBeThis();
  }

  private boolean isFinal(FieldInsnNode use) {
    return plugin
        .find(use.owner)
        .flatMap(owner -> owner.field(use.name, use.desc))
        .filter(field -> (field.access & Opcodes.ACC_FINAL) != 0)
        .isPresent();
  }

  /// The fields of the object that a constructor starts with.
  static void prepare(State state, PluginMethod constructor) {
    for (FieldNode field : constructor.owner().node().fields) {
      if ((field.access & Opcodes.ACC_STATIC) == 0) {
        String key = Facts.key(constructor.owner().name(), field.name, field.desc);
        int symbol = state.symbols().member(THIS, key);
        if (symbol != Term.NO_SYMBOL) {
          state.found(symbol, Facts.initial(Type.getType(field.desc)));
        }
      }
    }
  }
}
