// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.flow.FlowGraph;
import dev.npa.verifier.bytecode.flow.MethodFlow;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.read.Refusals;
import java.util.OptionalInt;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/// Rewritten code: fuel only shrinks. Entry points fill it first thing and nothing else does; the
/// local that carries it is written by charges and reloads only, and is stored before every return
/// and around every call that spends.
final class FuelDiscipline implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B045_FUEL_DISCIPLINE;
  }

  @Override
  public void check(Subject subject, Refusals out) {
    for (MethodFlow flow : subject.flow().methods()) {
      new Check(subject, new InsertedCode(flow, subject.world().meter()), out).method(flow);
    }
  }

  private record Check(Subject subject, InsertedCode inserted, Refusals out) {

    void method(MethodFlow flow) {
      PluginMethod method = flow.method();
      boolean entry = subject.control().calls().isEntryPoint(method);
      OptionalInt slot = inserted.fuelSlot();
      if (flow.hasMeteredLoop() && slot.isEmpty()) {
        refuse(method, 0, "a metered method without fuel");
      }
      boolean fills = method.code().size() > 1 && inserted.isFullTank(0);
      if (entry && subject.flow().isMetered(method) && !(fills && isFilled(slot))) {
        refuse(method, 0, "an entry point that does not fill the fuel");
      }
      for (int i = 0; i < method.code().size(); i++) {
        publicFuel(method, i, entry, slot);
        if (slot.isPresent()) {
          localFuel(method, i, entry, slot.getAsInt());
          exits(method, i, slot.getAsInt());
        }
      }
    }

    private boolean isFilled(OptionalInt slot) {
      return slot.isPresent() || inserted.isFuelAccess(1, Opcodes.PUTSTATIC);
    }

    /// Who may write the meter's field: a spill of the local, or the start of an entry point.
    private void publicFuel(PluginMethod method, int i, boolean entry, OptionalInt slot) {
      if (!inserted.isFuelAccess(i, Opcodes.PUTSTATIC)) {
        return;
      }
      boolean filling = entry && i == 1 && inserted.isFullTank(0) && inserted.isStraight(0, 1);
      boolean spill = slot.isPresent() && inserted.isSpilledBefore(i + 1, slot.getAsInt());
      if (!filling && !spill) {
        refuse(method, i, "a store to the fuel");
      }
    }

    /// Who may write the local.
    private void localFuel(PluginMethod method, int i, boolean entry, int slot) {
      if (!writes(inserted.insn(i), slot)) {
        return;
      }
      boolean filling = i == 1 && inserted.isStraight(0, 1) && (entry || !inserted.isFullTank(0));
      boolean reload =
          i >= 2
              && subject.control().calls().callee(inserted.insn(i - 2)).isPresent()
              && inserted.isSpilledBefore(i - 2, slot)
              && inserted.isReloadedAfter(i - 2, slot);
      if (!filling && !reload && !inserted.isCharged(i, slot)) {
        refuse(method, i, "a store to the local that carries fuel");
      }
    }

    private void exits(PluginMethod method, int i, int slot) {
      if (FlowGraph.isReturn(inserted.insn(i).getOpcode()) && !inserted.isSpilledBefore(i, slot)) {
        refuse(method, i, "a return that keeps fuel");
      }
      if (spends(inserted.insn(i))
          && !(inserted.isSpilledBefore(i, slot) && inserted.isReloadedAfter(i, slot))) {
        refuse(method, i, "a call that does not share fuel");
      }
    }

    private boolean spends(AbstractInsnNode insn) {
      return subject.control().calls().callee(insn).filter(subject.flow()::isMetered).isPresent();
    }

    private static boolean writes(AbstractInsnNode insn, int slot) {
      return switch (insn) {
        case IincInsnNode iinc -> iinc.var == slot;
        case VarInsnNode store when store.getOpcode() >= Opcodes.ISTORE ->
            store.var == slot || store.var + 1 == slot && isWide(store.getOpcode());
        default -> false;
      };
    }

    private static boolean isWide(int opcode) {
      return opcode == Opcodes.LSTORE || opcode == Opcodes.DSTORE;
    }

    private void refuse(PluginMethod method, int at, String detail) {
      out.add(
          RuleId.B045_FUEL_DISCIPLINE, method.at(at), detail, "report this: the rewriter is wrong");
    }
  }
}
