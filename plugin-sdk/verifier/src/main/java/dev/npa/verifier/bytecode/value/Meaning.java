// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.value.Value.Number;
import dev.npa.verifier.bytecode.value.Value.Opaque;
import dev.npa.verifier.bytecode.value.Value.Reference;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/// What each instruction does to a state, if it does not throw (JVMS 6.5). Jumps are in [Branch].
final class Meaning {
  private final PluginMethod method;
  private final Fields fields;
  private final Calls calls;
  private final Effects effects;

  Meaning(PluginMethod method, Plugin plugin, Facts facts, Effects effects) {
    this.method = method;
    this.fields = new Fields(method, plugin, facts, effects);
    this.calls = new Calls(method, plugin, facts);
    this.effects = effects;
  }

  /// Executes an instruction that is no jump, switch or return.
  ///
  /// @return whether control can go on to the next
  boolean execute(State state, AbstractInsnNode insn) {
    int opcode = insn.getOpcode();
    switch (insn) {
      case VarInsnNode use -> variable(state, use);
      case IincInsnNode iinc -> increment(state, iinc);
      case IntInsnNode push -> operand(state, push);
      case LdcInsnNode push -> state.push(constant(push.cst));
      case FieldInsnNode use -> fields.access(state, use);
      case MethodInsnNode call -> {
        return calls.call(state, call, effects);
      }
      case TypeInsnNode use -> type(state, use);
      case MultiANewArrayInsnNode make -> {
        for (int i = 0; i < make.dims; i++) {
          state.popNumber();
        }
        state.push(Reference.NOT_NULL);
      }
      default -> simple(state, opcode);
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
      Calls.letOut(value, method.owner().name(), effects);
      effects.returned(Facts.narrowed(value, Type.getReturnType(method.descriptor())));
    } else {
      effects.returned(Opaque.ONE_SLOT);
      if (method.name().equals("<init>")) {
        effects.constructed(state);
      }
    }
  }

  private static void variable(State state, VarInsnNode use) {
    int opcode = use.getOpcode();
    if (opcode == Opcodes.RET) {
      throw new IllTyped("ret");
    }
    if (opcode < Opcodes.ISTORE) {
      state.push(state.load(use.var));
    } else {
      state.store(use.var, state.pop());
    }
  }

  private static void increment(State state, IincInsnNode iinc) {
    state.push(state.load(iinc.var));
    state.push(Number.constant(Width.INT, iinc.incr));
    Numbers.binary(state, Opcodes.IADD);
    state.store(iinc.var, state.pop());
  }

  private static void operand(State state, IntInsnNode push) {
    if (push.getOpcode() == Opcodes.NEWARRAY) {
      newArray(state);
    } else {
      state.push(Number.constant(Width.INT, push.operand));
    }
  }

  private static void newArray(State state) {
    Number length = Calls.arrayLength(state.popNumber());
    state.push(Reference.NOT_NULL.withLength(length));
  }

  private static Value constant(Object constant) {
    return switch (constant) {
      case Integer number -> Number.constant(Width.INT, number);
      case Long number -> Number.constant(Width.LONG, number);
      case Double number -> Opaque.TWO_SLOTS;
      case Float number -> Opaque.ONE_SLOT;
      default -> Reference.NOT_NULL;
    };
  }

  private static void type(State state, TypeInsnNode use) {
    switch (use.getOpcode()) {
      case Opcodes.NEW -> state.push(Reference.NOT_NULL);
      case Opcodes.ANEWARRAY -> newArray(state);
      case Opcodes.INSTANCEOF -> {
        state.popReference();
        state.push(Number.of(Width.INT, Interval.BOOLEAN));
      }
      default -> {
        // A cast leaves the reference.
      }
    }
  }

  private void simple(State state, int opcode) {
    switch (opcode) {
      case Opcodes.NOP -> {
        // Nothing.
      }
      case Opcodes.ACONST_NULL -> state.push(Reference.ANY);
      case Opcodes.FCONST_0, Opcodes.FCONST_1, Opcodes.FCONST_2 -> state.push(Opaque.ONE_SLOT);
      case Opcodes.DCONST_0, Opcodes.DCONST_1 -> state.push(Opaque.TWO_SLOTS);
      case Opcodes.LCONST_0, Opcodes.LCONST_1 ->
          state.push(Number.constant(Width.LONG, opcode - Opcodes.LCONST_0));
      case Opcodes.MONITORENTER, Opcodes.MONITOREXIT -> state.pop();
      case Opcodes.ARRAYLENGTH -> Arrays.length(state);
      default -> {
        if (opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.ICONST_5) {
          state.push(Number.constant(Width.INT, opcode - Opcodes.ICONST_0));
        } else if (opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD) {
          Arrays.load(state, opcode);
        } else if (opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE) {
          Arrays.store(state, method.owner().name(), effects);
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
