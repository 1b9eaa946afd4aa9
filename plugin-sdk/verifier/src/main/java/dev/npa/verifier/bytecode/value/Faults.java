// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.value.Value.Number;
import dev.npa.verifier.bytecode.value.Value.Opaque;
import dev.npa.verifier.bytecode.value.Value.Reference;
import dev.npa.verifier.bytecode.world.AllowList;
import dev.npa.verifier.bytecode.world.SdkCalls;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/// Which instructions can throw (JVMS 2.10, 6.5), and which of them provably do not: null, an index
/// outside, a negative length, a division by zero, an SDK call that checks its arguments.
///
/// What the meter throws is not a fault in this sense, and what a callee throws is the callee's.
public enum Faults {
  /// The instruction has no way to throw.
  NEVER_COULD,
  /// It could, but not with the values it can get.
  PROVED_SAFE,
  /// It may throw; the JVM checks.
  CHECKED;

  private static Faults of(boolean safe) {
    return safe ? PROVED_SAFE : CHECKED;
  }

  /// What an instruction can do in a state before it.
  public static Faults of(Plugin plugin, State state, AbstractInsnNode insn) {
    int opcode = insn.getOpcode();
    return switch (opcode) {
      case Opcodes.IALOAD,
          Opcodes.LALOAD,
          Opcodes.FALOAD,
          Opcodes.DALOAD,
          Opcodes.AALOAD,
          Opcodes.BALOAD,
          Opcodes.CALOAD,
          Opcodes.SALOAD ->
          of(isInside(state, 0));
      case Opcodes.IASTORE,
          Opcodes.LASTORE,
          Opcodes.FASTORE,
          Opcodes.DASTORE,
          Opcodes.BASTORE,
          Opcodes.CASTORE,
          Opcodes.SASTORE ->
          of(isInside(state, 1));
      case Opcodes.ARRAYLENGTH, Opcodes.GETFIELD -> of(isNotNull(state.top(0)));
      case Opcodes.PUTFIELD -> of(isNotNull(state.top(1)));
      case Opcodes.IDIV, Opcodes.IREM, Opcodes.LDIV, Opcodes.LREM ->
          of(!state.number(0).range().contains(0));
      case Opcodes.NEWARRAY, Opcodes.ANEWARRAY -> of(isLength(state.number(0)));
      case Opcodes.INVOKEVIRTUAL, Opcodes.INVOKESPECIAL, Opcodes.INVOKESTATIC ->
          call(plugin, state, (MethodInsnNode) insn);
      case Opcodes.AASTORE,
          Opcodes.CHECKCAST,
          Opcodes.MULTIANEWARRAY,
          Opcodes.MONITORENTER,
          Opcodes.MONITOREXIT,
          Opcodes.INVOKEINTERFACE,
          Opcodes.INVOKEDYNAMIC ->
          CHECKED;
      default -> NEVER_COULD;
    };
  }

  /// What an instruction can do where nothing is known of the values it gets.
  public static Faults ofAnything(Plugin plugin, AbstractInsnNode insn) {
    int opcode = insn.getOpcode();
    return switch (opcode) {
      case Opcodes.ARRAYLENGTH,
          Opcodes.GETFIELD,
          Opcodes.PUTFIELD,
          Opcodes.IDIV,
          Opcodes.IREM,
          Opcodes.LDIV,
          Opcodes.LREM,
          Opcodes.NEWARRAY,
          Opcodes.ANEWARRAY,
          Opcodes.MULTIANEWARRAY,
          Opcodes.CHECKCAST,
          Opcodes.MONITORENTER,
          Opcodes.MONITOREXIT,
          Opcodes.INVOKEVIRTUAL,
          Opcodes.INVOKESPECIAL,
          Opcodes.INVOKEINTERFACE,
          Opcodes.INVOKEDYNAMIC ->
          CHECKED;
      case Opcodes.INVOKESTATIC -> isTotal(plugin, (MethodInsnNode) insn) ? NEVER_COULD : CHECKED;
      default -> {
        boolean array =
            opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD
                || opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE;
        yield array ? CHECKED : NEVER_COULD;
      }
    };
  }

  private static boolean isInside(State state, int above) {
    return state.top(above + 1) instanceof Reference array
        && !array.mayBeNull()
        && Arrays.isInside(state, array, state.number(above));
  }

  private static boolean isNotNull(Value value) {
    return switch (value) {
      case Reference reference -> !reference.mayBeNull();
      case Number number -> false;
      case Opaque opaque -> false;
    };
  }

  private static boolean isLength(Number asked) {
    return Reference.ANY_LENGTH.range().includes(asked.range());
  }

  private static Faults call(Plugin plugin, State state, MethodInsnNode call) {
    int arguments = Type.getArgumentCount(call.desc);
    boolean isStatic = call.getOpcode() == Opcodes.INVOKESTATIC;
    boolean total = isTotal(plugin, call);
    if (isStatic && total) {
      return NEVER_COULD;
    }
    boolean safe = isStatic || isNotNull(state.top(arguments));
    return of(safe && (total || isSafeDivision(state, call)));
  }

  private static boolean isTotal(Plugin plugin, MethodInsnNode call) {
    return plugin.owns(call.owner)
        || AllowList.isObjectConstructor(call.owner, call.name, call.desc)
        || SdkCalls.of(call.owner, call.name, call.desc).map(SdkCalls.Call::total).orElse(false)
        || AllowList.isStaticMethod(call.owner, call.name, call.desc)
            && SdkCalls.number(call.name).total();
  }

  private static boolean isSafeDivision(State state, MethodInsnNode call) {
    return AllowList.isStaticMethod(call.owner, call.name, call.desc)
        && !state.number(0).range().contains(0);
  }
}
