// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rewrite;

import dev.npa.verifier.bytecode.flow.FlowGraph;
import dev.npa.verifier.bytecode.flow.Loop;
import dev.npa.verifier.bytecode.flow.LoopBound;
import dev.npa.verifier.bytecode.flow.MethodFlow;
import dev.npa.verifier.bytecode.flow.ObjectSize;
import dev.npa.verifier.bytecode.flow.PluginFlow;
import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.world.Meter;
import java.util.List;
import java.util.OptionalInt;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/// Inserts the metering of one method.
///
/// Each back edge of a metered loop goes to a charge at the end of the method: `iinc fuel, -weight;
/// iload fuel; ifgt header; invokestatic exhausted; athrow`. The loop itself does not change. Each
/// has an end of its own, because loops may begin with different operands on the stack. Around
/// calls that spend fuel too, and before returns, the local is stored in the meter.
final class MethodMetering {
  private final Plugin plugin;
  private final PluginFlow pluginFlow;
  private final MethodFlow flow;
  private final PluginMethod method;
  private final String meter;
  private final InsnList code;

  MethodMetering(Plugin plugin, PluginFlow pluginFlow, MethodFlow flow, String meter) {
    this.plugin = plugin;
    this.pluginFlow = pluginFlow;
    this.flow = flow;
    this.method = flow.method();
    this.meter = meter;
    this.code = method.node().instructions;
  }

  void apply() {
    List<AbstractInsnNode> original = List.copyOf(method.code());
    boolean fills = pluginFlow.isMetered(method) && pluginFlow.calls().isEntryPoint(method);
    if (flow.hasMeteredLoop()) {
      int fuel = method.node().maxLocals++;
      for (Loop loop : flow.meteredLoops()) {
        chargeRounds(loop, fuel);
      }
      original.forEach(insn -> share(insn, fuel));
      code.insert(
          list(
              fills ? new LdcInsnNode(Meter.FUEL) : meterFuel(Opcodes.GETSTATIC),
              new VarInsnNode(Opcodes.ISTORE, fuel)));
    } else if (fills) {
      code.insert(list(new LdcInsnNode(Meter.FUEL), meterFuel(Opcodes.PUTSTATIC)));
    }
    // After the labels of loops are in place: a loop may begin with an allocation.
    original.forEach(this::chargeAllocation);
  }

  private void chargeAllocation(AbstractInsnNode insn) {
    OptionalInt bytes = ObjectSize.of(plugin, insn);
    if (bytes.isPresent()) {
      boolean object = insn.getOpcode() == Opcodes.NEW;
      code.insertBefore(
          insn,
          list(
              new LdcInsnNode(bytes.getAsInt()),
              new MethodInsnNode(
                  Opcodes.INVOKESTATIC,
                  meter,
                  object ? Meter.OBJECT_METHOD : Meter.ARRAY_METHOD,
                  object ? Meter.OBJECT_DESCRIPTOR : Meter.ARRAY_DESCRIPTOR,
                  false)));
    }
  }

  private void chargeRounds(Loop loop, int fuel) {
    int headerIndex = flow.graph().block(loop.header()).first();
    LabelNode header = new LabelNode();
    LabelNode charge = new LabelNode();
    for (int from : loop.backEdges()) {
      redirect(flow.graph().block(from).last(), headerIndex, charge);
    }
    code.insertBefore(method.code().get(headerIndex), header);
    code.add(charge);
    code.add(take(weight(loop), fuel));
    code.add(new VarInsnNode(Opcodes.ILOAD, fuel));
    code.add(new JumpInsnNode(Opcodes.IFGT, header));
    code.add(
        new MethodInsnNode(
            Opcodes.INVOKESTATIC,
            Meter.EXHAUSTED,
            Meter.EXHAUSTED_METHOD,
            Meter.EXHAUSTED_DESCRIPTOR,
            false));
    code.add(new InsnNode(Opcodes.ATHROW));
  }

  /// Sends every way from the instruction to the header through the charge.
  private void redirect(int from, int headerIndex, LabelNode charge) {
    AbstractInsnNode insn = method.code().get(from);
    Labels.replace(insn, label -> method.target(label) == headerIndex, charge);
    if (FlowGraph.fallsThrough(insn) && from + 1 == headerIndex) {
      code.insert(insn, new JumpInsnNode(Opcodes.GOTO, charge));
    }
  }

  private int weight(Loop loop) {
    return switch (flow.bound(loop)) {
      case LoopBound.Metered metered -> Math.toIntExact(metered.weight());
      case LoopBound.Proved proved -> throw new IllegalArgumentException("a proved loop");
    };
  }

  private static InsnList take(int weight, int fuel) {
    return weight <= -Short.MIN_VALUE
        ? list(new IincInsnNode(fuel, -weight))
        : list(
            new VarInsnNode(Opcodes.ILOAD, fuel),
            new LdcInsnNode(weight),
            new InsnNode(Opcodes.ISUB),
            new VarInsnNode(Opcodes.ISTORE, fuel));
  }

  private void share(AbstractInsnNode insn, int fuel) {
    boolean call = pluginFlow.calls().callee(insn).filter(pluginFlow::isMetered).isPresent();
    if (call || FlowGraph.isReturn(insn.getOpcode())) {
      code.insertBefore(
          insn, list(new VarInsnNode(Opcodes.ILOAD, fuel), meterFuel(Opcodes.PUTSTATIC)));
    }
    if (call) {
      code.insert(insn, list(meterFuel(Opcodes.GETSTATIC), new VarInsnNode(Opcodes.ISTORE, fuel)));
    }
  }

  private FieldInsnNode meterFuel(int opcode) {
    return new FieldInsnNode(opcode, meter, Meter.FUEL_FIELD, "I");
  }

  private static InsnList list(AbstractInsnNode... instructions) {
    InsnList list = new InsnList();
    for (AbstractInsnNode insn : instructions) {
      list.add(insn);
    }
    return list;
  }
}
