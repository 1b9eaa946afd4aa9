// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.bytecode.flow.Constants;
import dev.npa.verifier.bytecode.flow.FlowGraph;
import dev.npa.verifier.bytecode.flow.MethodFlow;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.world.Meter;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/// Recognises the few shapes that the rewriter inserts, by adjacency: nothing may jump between the
/// instructions of a shape.
record InsertedCode(MethodFlow flow, String meter) {

  private PluginMethod method() {
    return flow.method();
  }

  /// The local that carries fuel: a method with metered loops starts by filling it.
  OptionalInt fuelSlot() {
    boolean filled =
        size() > 1 && (isFuelAccess(0, Opcodes.GETSTATIC) || isFullTank(0) && carriesFuel());
    return filled && insn(1) instanceof VarInsnNode store && store.getOpcode() == Opcodes.ISTORE
        ? OptionalInt.of(store.var)
        : OptionalInt.empty();
  }

  /// Whether the constant in the first instruction is fuel and not a number of the vendor's.
  private boolean carriesFuel() {
    boolean spills = false;
    for (int i = 2; i < size(); i++) {
      spills |= isFuelAccess(i, Opcodes.PUTSTATIC);
    }
    return spills || flow.hasMeteredLoop();
  }

  boolean isFullTank(int at) {
    return Constants.intValue(insn(at)).equals(OptionalInt.of(Meter.FUEL));
  }

  boolean isFuelAccess(int at, int opcode) {
    return at >= 0
        && at < size()
        && insn(at) instanceof FieldInsnNode field
        && field.getOpcode() == opcode
        && field.owner.equals(meter)
        && field.name.equals(Meter.FUEL_FIELD);
  }

  /// `iload fuel; putstatic` just before an instruction.
  boolean isSpilledBefore(int at, int slot) {
    return at >= 2
        && isLoad(at - 2, slot)
        && isFuelAccess(at - 1, Opcodes.PUTSTATIC)
        && isStraight(at - 2, at);
  }

  /// `getstatic; istore fuel` just after an instruction.
  boolean isReloadedAfter(int at, int slot) {
    return isFuelAccess(at + 1, Opcodes.GETSTATIC)
        && isStore(at + 2, slot)
        && isStraight(at, at + 2);
  }

  /// What a block that ends with a charge takes from the fuel before it goes back to the header:
  /// `iinc fuel, -w` or `iload fuel; w; isub; istore fuel`, then `iload fuel; ifgt header`, then
  /// the error.
  OptionalLong charge(FlowGraph.Block block, int slot) {
    int jump = block.last();
    if (jump - 2 < block.first()
        || insn(jump).getOpcode() != Opcodes.IFGT
        || !isLoad(jump - 1, slot)
        || !isError(jump + 1)) {
      return OptionalLong.empty();
    }
    return subtraction(jump - 2, slot, block.first());
  }

  /// Whether the write to the fuel at this index is the last step of a charge. A subtraction whose
  /// result is not tested at once could be repeated until the counter wraps.
  boolean isCharged(int at, int slot) {
    FlowGraph.Block block = flow.graph().block(flow.graph().blockOf(at));
    return block.last() - 2 == at && charge(block, slot).isPresent();
  }

  /// The amount that the instructions ending at `last` take from the fuel.
  private OptionalLong subtraction(int last, int slot, int first) {
    if (insn(last) instanceof IincInsnNode take && take.var == slot && take.incr < 0) {
      return OptionalLong.of(-take.incr);
    }
    if (last - 3 >= first
        && isStore(last, slot)
        && insn(last - 1).getOpcode() == Opcodes.ISUB
        && isLoad(last - 3, slot)
        && isStraight(last - 3, last)) {
      OptionalInt weight = Constants.intValue(insn(last - 2));
      return weight.isPresent() && weight.getAsInt() > 0
          ? OptionalLong.of(weight.getAsInt())
          : OptionalLong.empty();
    }
    return OptionalLong.empty();
  }

  boolean isCharge(int at, String name) {
    return at >= 0
        && insn(at) instanceof MethodInsnNode call
        && call.owner.equals(meter)
        && call.name.equals(name);
  }

  /// Control that gets to `from` can only go on to `to`, and comes to `to` from nowhere else.
  boolean isStraight(int from, int to) {
    for (int i = from + 1; i <= to; i++) {
      if (flow.graph().startsBlock(i)) {
        return false;
      }
    }
    return true;
  }

  AbstractInsnNode insn(int at) {
    return method().code().get(at);
  }

  private boolean isError(int at) {
    return at + 1 < size()
        && insn(at) instanceof MethodInsnNode call
        && call.owner.equals(Meter.EXHAUSTED)
        && insn(at + 1).getOpcode() == Opcodes.ATHROW;
  }

  private boolean isLoad(int at, int slot) {
    return insn(at) instanceof VarInsnNode load
        && load.getOpcode() == Opcodes.ILOAD
        && load.var == slot;
  }

  private boolean isStore(int at, int slot) {
    return at < size()
        && insn(at) instanceof VarInsnNode store
        && store.getOpcode() == Opcodes.ISTORE
        && store.var == slot;
  }

  private int size() {
    return method().code().size();
  }
}
