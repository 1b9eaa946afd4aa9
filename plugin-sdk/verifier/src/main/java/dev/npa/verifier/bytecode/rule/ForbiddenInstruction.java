// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.PluginClass;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.read.Refusals;
import java.lang.classfile.Attributes;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;

/// No subroutines, no 32-bit jumps, no arrays of arrays in one go, no call sites linked at run
/// time.
final class ForbiddenInstruction implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B029_FORBIDDEN_INSTRUCTION;
  }

  private static final List<Integer> FORBIDDEN =
      List.of(Opcodes.JSR, Opcodes.RET, Opcodes.MULTIANEWARRAY, Opcodes.INVOKEDYNAMIC);

  @Override
  public void check(Subject subject, Refusals out) {
    for (PluginMethod method : subject.plugin().methodList()) {
      boolean suspect = FORBIDDEN.stream().anyMatch(method::has);
      for (int i = 0; suspect && i < method.code().size(); i++) {
        AbstractInsnNode insn = method.code().get(i);
        String name =
            switch (insn.getOpcode()) {
              case Opcodes.JSR -> "jsr";
              case Opcodes.RET -> "ret";
              case Opcodes.MULTIANEWARRAY -> "multianewarray";
              case Opcodes.INVOKEDYNAMIC -> "invokedynamic";
              default -> "";
            };
        if (!name.isEmpty()) {
          out.add(id(), method.at(i), name, "allocate arrays of arrays in a loop, row by row");
        }
      }
    }
    subject.plugin().classes().forEach(c -> farJumps(c, out));
  }

  /// ASM does not tell `goto_w` from `goto`; the JDK does.
  private void farJumps(PluginClass c, Refusals out) {
    for (MethodModel method : c.model().methods()) {
      boolean far =
          method
              .findAttribute(Attributes.code())
              .filter(ForbiddenInstruction::jumpsFar)
              .isPresent();
      if (far) {
        c.method(method.methodName().stringValue(), method.methodType().stringValue())
            .ifPresent(m -> out.add(id(), m.here(), "goto_w", "ship the output of javac"));
      }
    }
  }

  /// Looks at instructions only where some byte could be the opcode.
  private static boolean jumpsFar(CodeAttribute code) {
    for (byte b : code.codeArray()) {
      if ((b & 0xFF) == Opcode.GOTO_W.bytecode()) {
        return code.elementStream()
            .anyMatch(e -> e instanceof Instruction i && i.opcode() == Opcode.GOTO_W);
      }
    }
    return false;
  }
}
