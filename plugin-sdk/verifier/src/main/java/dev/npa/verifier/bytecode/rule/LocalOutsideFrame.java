// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.read.Refusals;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/// No use of a local variable at or above the declared `max_locals`.
///
/// The rewriter puts the fuel into the first local above that number, and computes the number anew
/// for its output: with a number that is too small the vendor's code would share a local with it.
final class LocalOutsideFrame implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B048_LOCAL_OUTSIDE_FRAME;
  }

  @Override
  public void check(Subject subject, Refusals out) {
    for (PluginMethod method : subject.plugin().methodList()) {
      int locals = method.node().maxLocals;
      int arguments = Type.getArgumentsAndReturnSizes(method.descriptor()) >> 2;
      if (arguments - (method.isStatic() ? 1 : 0) > locals) {
        refuse(method, 0, "arguments in more than " + locals + " locals", out);
      }
      for (int i = 0; i < method.code().size(); i++) {
        int end = endOfLocal(method.code().get(i));
        if (end > locals) {
          refuse(method, i, "local " + (end - 1) + " of " + locals, out);
        }
      }
    }
  }

  private static int endOfLocal(AbstractInsnNode insn) {
    return switch (insn) {
      case IincInsnNode iinc -> iinc.var + 1;
      case VarInsnNode use -> use.var + (isWide(use.getOpcode()) ? 2 : 1);
      default -> 0;
    };
  }

  private static boolean isWide(int opcode) {
    return opcode == Opcodes.LLOAD
        || opcode == Opcodes.DLOAD
        || opcode == Opcodes.LSTORE
        || opcode == Opcodes.DSTORE;
  }

  private void refuse(PluginMethod method, int at, String detail, Refusals out) {
    out.add(id(), method.at(at), detail, "ship the output of javac");
  }
}
