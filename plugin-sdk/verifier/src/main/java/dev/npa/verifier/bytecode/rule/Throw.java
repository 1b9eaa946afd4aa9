// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.flow.FlowGraph;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.read.Refusals;
import dev.npa.verifier.bytecode.world.Meter;
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
      for (int i = 0; method.has(Opcodes.ATHROW) && i < method.code().size(); i++) {
        AbstractInsnNode insn = method.code().get(i);
        if (insn.getOpcode() == Opcodes.ATHROW
            && !(subject.world().rewritten() && isFuel(method, i))) {
          out.add(
              cause(method, i),
              id(),
              method.at(i),
              "a throw",
              "return a value that says what went wrong");
        }
      }
    }
  }

  private String cause(PluginMethod method, int index) {
    if (method.node().tryCatchBlocks.isEmpty()) {
      return id().id();
    }
    FlowGraph graph = FlowGraph.of(method);
    boolean rethrow = !graph.isReachable(graph.blockOf(index));
    return rethrow ? Cause.handler(method) : id().id();
  }

  private static boolean isFuel(PluginMethod method, int index) {
    return index > 0
        && method.code().get(index - 1) instanceof MethodInsnNode call
        && call.owner.equals(Meter.EXHAUSTED);
  }
}
