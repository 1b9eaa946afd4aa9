// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.flow;

import dev.npa.verifier.bytecode.world.AllowList;
import dev.npa.verifier.bytecode.world.SdkCalls;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/// What instructions cost, in bytecodes. Before rewriting, each cost leaves room for what metering
/// adds around the instruction, so that a bound computed before still holds after.
enum CostModel {
  WITH_ROOM,
  EXACT;

  /// A call of the meter, or of what the rules refuse.
  private static final int OUTSIDE_CALL = 20;

  /// Divisions take tens of cycles. A floating-point remainder subtracts until nothing is left: for
  /// the largest by the smallest double that is thousands of steps.
  private static final int DIVISION = 10;

  private static final int FLOAT_REMAINDER = 400;
  private static final int DOUBLE_REMAINDER = 4000;

  private static final int OWN_CALL = 5;
  private static final int ALLOCATION = 20;

  /// Room for: `iload, putstatic` before and `getstatic, istore` after; constant and charge; the
  /// same store before a return; the charge of a back edge; the first instructions of a method and
  /// the throw at its end.
  private static final int CALL_ROOM = 4;

  private static final int ALLOCATION_ROOM = 2 + OWN_CALL;
  private static final int RETURN_ROOM = 2;
  private static final int JUMP_ROOM = 1;
  private static final int LOOP_ROOM = 8;
  private static final int METHOD_ROOM = 4 + OUTSIDE_CALL + 1;

  /// A call of an own method, without what the callee costs.
  long ownCall() {
    return (long) OWN_CALL + room(CALL_ROOM);
  }

  long instruction(AbstractInsnNode insn) {
    int opcode = insn.getOpcode();
    return switch (opcode) {
      case Opcodes.INVOKEVIRTUAL,
          Opcodes.INVOKESPECIAL,
          Opcodes.INVOKESTATIC,
          Opcodes.INVOKEINTERFACE ->
          outside((MethodInsnNode) insn);
      case Opcodes.IDIV, Opcodes.IREM, Opcodes.LDIV, Opcodes.LREM -> DIVISION;
      case Opcodes.FREM -> FLOAT_REMAINDER;
      case Opcodes.DREM -> DOUBLE_REMAINDER;
      case Opcodes.NEW, Opcodes.NEWARRAY, Opcodes.ANEWARRAY ->
          ALLOCATION + room(ALLOCATION_ROOM + OUTSIDE_CALL);
      default ->
          FlowGraph.isReturn(opcode)
              ? 1 + room(RETURN_ROOM)
              : 1 + room(FlowGraph.fallsThrough(insn) ? 0 : JUMP_ROOM);
    };
  }

  private static long outside(MethodInsnNode call) {
    if (AllowList.isStaticMethod(call.owner, call.name, call.desc)) {
      return SdkCalls.number(call.name).cost();
    }
    return SdkCalls.of(call.owner, call.name, call.desc)
        .map(SdkCalls.Call::cost)
        .orElse(OUTSIDE_CALL);
  }

  /// Once for each loop and each pass through its header.
  long loop() {
    return room(LOOP_ROOM);
  }

  long method() {
    return room(METHOD_ROOM);
  }

  private int room(int bytecodes) {
    return this == WITH_ROOM ? bytecodes : 0;
  }
}
