// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.flow.FlowGraph;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.read.Refusals;
import dev.npa.verifier.bytecode.world.Meter;
import java.util.BitSet;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/// Nothing is thrown: a return value says what went wrong. In rewritten code the one throw is that
/// of the error for exhausted fuel, directly after it is fetched.
final class Throw implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B028_THROW;
  }

  @Override
  public void check(Subject subject, Refusals out) {
    for (PluginMethod method : subject.plugin().methodList()) {
      BitSet handled = method.has(Opcodes.ATHROW) ? handled(method) : new BitSet();
      for (int i = 0; method.has(Opcodes.ATHROW) && i < method.code().size(); i++) {
        AbstractInsnNode insn = method.code().get(i);
        if (insn.getOpcode() == Opcodes.ATHROW
            && !(subject.world().rewritten() && isFuel(method, i))) {
          out.add(
              handled.get(i) ? Cause.handler(method) : id().id(),
              id(),
              method.at(i),
              "a throw",
              "return a value that says what went wrong");
        }
      }
    }
  }

  /// Instructions that only handlers lead to; a throw among them is part of what is caught.
  private static BitSet handled(PluginMethod method) {
    BitSet handled = new BitSet();
    if (!method.node().tryCatchBlocks.isEmpty()) {
      FlowGraph graph = FlowGraph.of(method);
      for (FlowGraph.Block block : graph.blocks()) {
        boolean reachable = graph.isReachable(graph.blockOf(block.first()));
        handled.set(block.first(), block.last() + 1, !reachable);
      }
    }
    return handled;
  }

  private static boolean isFuel(PluginMethod method, int index) {
    return index > 0
        && method.code().get(index - 1) instanceof MethodInsnNode call
        && call.owner.equals(Meter.EXHAUSTED);
  }
}
