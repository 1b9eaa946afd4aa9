// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.value.Value.Number;
import dev.npa.verifier.bytecode.value.Value.Opaque;
import dev.npa.verifier.bytecode.value.Value.Reference;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/// What each instruction does to a state, if it does not throw (JVMS 6.5). Jumps are in [Branch].
final class Meaning {
  private final Code code;
  private final String owner;
  private final Fields fields;
  private final Calls calls;
  private final Effects effects;

  Meaning(Code code, Facts facts, Effects effects) {
    this.code = code;
    this.owner = code.method().owner().name();
    this.fields = new Fields(code.method(), facts, effects);
    this.calls = new Calls(owner, facts, effects);
    this.effects = effects;
  }

  /// Executes an instruction that is no jump, switch or return.
  ///
  /// @return whether control can go on to the next
  boolean execute(State state, int at) {
    int opcode = code.opcode(at);
    switch (opcode) {
      case Opcodes.INVOKEVIRTUAL,
          Opcodes.INVOKESPECIAL,
          Opcodes.INVOKESTATIC,
          Opcodes.INVOKEINTERFACE -> {
        return calls.call(state, code.call(at));
      }
      case Opcodes.GETFIELD, Opcodes.PUTFIELD, Opcodes.GETSTATIC, Opcodes.PUTSTATIC ->
          fields.access(state, opcode, code.field(at));
      case Opcodes.IINC -> increment(state, at);
      case Opcodes.ILOAD, Opcodes.LLOAD, Opcodes.FLOAD, Opcodes.DLOAD, Opcodes.ALOAD ->
          state.push(state.load(code.number(at)));
      case Opcodes.ISTORE, Opcodes.LSTORE, Opcodes.FSTORE, Opcodes.DSTORE, Opcodes.ASTORE ->
          state.store(code.number(at), state.pop());
      case Opcodes.BIPUSH, Opcodes.SIPUSH, Opcodes.LDC, Opcodes.LCONST_0, Opcodes.LCONST_1 ->
          state.push(code.constant(at));
      case Opcodes.NEW -> state.push(Reference.NOT_NULL);
      case Opcodes.NEWARRAY, Opcodes.ANEWARRAY -> newArray(state);
      case Opcodes.INSTANCEOF -> {
        state.popReference();
        state.push(Number.of(Width.INT, Interval.BOOLEAN));
      }
      case Opcodes.CHECKCAST, Opcodes.NOP -> {
        // A cast leaves the reference.
      }
      case Opcodes.MULTIANEWARRAY -> {
        for (int i = 0; i < code.number(at); i++) {
          state.popNumber();
        }
        state.push(Reference.NOT_NULL);
      }
      default -> simple(state, opcode, at);
    }
    return true;
  }

  /// Leaves the method.
  void leave(State state, int opcode) {
    if (opcode == Opcodes.ATHROW) {
      return;
    }
    if (opcode != Opcodes.RETURN) {
      Value value = state.pop();
      Calls.letOut(value, owner, effects);
      Type type = Type.getReturnType(code.method().descriptor());
      effects.returned(Facts.narrowed(value, Facts.stored(type)));
    } else {
      effects.returned(Opaque.ONE_SLOT);
      if (code.method().name().equals("<init>")) {
        effects.constructed(state);
      }
    }
  }

  private void increment(State state, int at) {
    int local = code.number(at);
    state.push(state.load(local));
    state.push(code.constant(at));
    Numbers.binary(state, Opcodes.IADD);
    state.store(local, state.pop());
  }

  private static void newArray(State state) {
    Number length = Calls.arrayLength(state.popNumber());
    state.push(Reference.NOT_NULL.withLength(length));
  }

  private void simple(State state, int opcode, int at) {
    switch (opcode) {
      case Opcodes.ACONST_NULL -> state.push(Reference.ANY);
      case Opcodes.FCONST_0, Opcodes.FCONST_1, Opcodes.FCONST_2 -> state.push(Opaque.ONE_SLOT);
      case Opcodes.DCONST_0, Opcodes.DCONST_1 -> state.push(Opaque.TWO_SLOTS);
      case Opcodes.MONITORENTER, Opcodes.MONITOREXIT -> state.pop();
      case Opcodes.ARRAYLENGTH -> Arrays.length(state);
      default -> {
        if (opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.ICONST_5) {
          state.push(code.constant(at));
        } else if (opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD) {
          Arrays.load(state, opcode);
        } else if (opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE) {
          Arrays.store(state, owner, effects);
        } else if (opcode >= Opcodes.POP && opcode <= Opcodes.SWAP) {
          Stack.shuffle(state, opcode);
        } else if (opcode >= Opcodes.IADD && opcode <= Opcodes.DCMPG) {
          Numbers.execute(state, opcode);
        } else {
          throw new IllTyped("an instruction that has no place in a plugin");
        }
      }
    }
  }
}
