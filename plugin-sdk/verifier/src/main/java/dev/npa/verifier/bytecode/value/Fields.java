// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.value.Value.Reference;
import java.util.BitSet;
import java.util.Optional;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.FieldNode;

/// The instructions on fields.
///
/// A constructor knows the fields of the object it constructs from the start: zero and null. That
/// is so of tame classes, whose objects nothing else can see as long. Of others a constructor is a
/// method like any.
final class Fields {
  private static final int THIS = 0;

  private final PluginMethod method;
  private final boolean constructs;
  private final Facts facts;
  private final Effects effects;

  Fields(PluginMethod method, Facts facts, Effects effects) {
    this.method = method;
    this.constructs = method.name().equals("<init>") && facts.isTame(method.owner().name());
    this.facts = facts;
    this.effects = effects;
  }

  void access(State state, int opcode, Code.Field use) {
    switch (opcode) {
      case Opcodes.GETFIELD -> load(state, use);
      case Opcodes.PUTFIELD -> store(state, use);
      case Opcodes.GETSTATIC -> state.push(use.stored());
      default -> Calls.letOut(state.pop(), method.owner().name(), effects);
    }
  }

  private void load(State state, Code.Field use) {
    Reference object = state.popReference();
    state.learnNotNull(object);
    String key = use.key();
    int parent = object.equal().symbol();
    int symbol = state.symbols().member(parent, key);
    if (symbol != Term.NO_SYMBOL && state.hasField(symbol)) {
      state.push(state.field(symbol));
      return;
    }
    Value value =
        object.mayBeThis()
            ? use.stored()
            : related(state, parent, key, facts.field(key, use.type()));
    if (symbol == Term.NO_SYMBOL) {
      state.push(value);
    } else {
      state.found(symbol, value);
      state.push(state.field(symbol));
    }
  }

  private Value related(State state, int parent, String key, Value value) {
    Optional<Facts.SameObject> relation = facts.relation(key);
    if (relation.isEmpty()) {
      return value;
    }
    Facts.SameObject same = relation.get();
    int symbol = state.symbols().member(parent, same.other());
    if (symbol != Term.NO_SYMBOL && !state.hasField(symbol)) {
      state.found(symbol, facts.field(same.other(), Type.INT_TYPE));
    }
    Term term = Term.of(symbol, same.offset());
    return value instanceof Reference array
        ? array.withLength(array.length().withEqual(term))
        : value.withEqual(term);
  }

  private void store(State state, Code.Field use) {
    Value value = Facts.narrowed(state.pop(), use.stored());
    Calls.letOut(value, method.owner().name(), effects);
    Reference object = state.popReference();
    state.learnNotNull(object);
    String key = use.key();
    int symbol = state.symbols().member(object.equal().symbol(), key);
    boolean own = isUnderConstruction(object, use.owner());
    if (!own) {
      effects.stored(key, value);
      if (object.mayBeThis() || use.isFinal()) {
        effects.escapes(use.owner());
      }
    }
    BitSet changed =
        state.forgetFields(
            other ->
                other != symbol
                    && isSame(state.symbols().member(other), key)
                    && mayAlias(state, other, object, own));
    // A store to x.n.n that may be one to x.n has bent the path that it took.
    if (symbol != Term.NO_SYMBOL && !changed.get(symbol)) {
      state.storeField(symbol, Relations.without(value, changed::get));
    }
  }

  /// As equals, which for long names that differ at the end takes its time; hash codes are kept.
  private static boolean isSame(String name, String other) {
    return name.hashCode() == other.hashCode() && name.equals(other);
  }

  /// Whether this is the constructor's own object, beyond doubt.
  private boolean isUnderConstruction(Reference object, String owner) {
    return constructs
        && method.owner().name().equals(owner)
        && object.mayBeThis()
        && object.equal().symbol() == THIS;
  }

  /// Nothing but the constructor's own references can be to the object under construction: no name
  /// that began elsewhere, and no field.
  private boolean mayAlias(State state, int other, Reference object, boolean own) {
    boolean otherIsThis = constructs && state.symbols().parent(other) == THIS;
    return !(otherIsThis && !object.mayBeThis()) && !(own && !otherIsThis && !taints(state, other));
  }

  private static boolean taints(State state, int symbol) {
    int parent = state.symbols().parent(symbol);
    return !state.symbols().isLocal(parent)
        || !(state.local(parent) instanceof Reference reference)
        || reference.mayBeThis();
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
