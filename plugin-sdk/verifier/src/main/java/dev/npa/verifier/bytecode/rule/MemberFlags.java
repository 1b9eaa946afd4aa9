// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.PluginClass;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.read.Refusals;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.FieldNode;

/// Fields and methods carry access flags, `static` and `final`; constructors access flags only.
/// `native` and `synchronized` have rules of their own.
final class MemberFlags implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B026_MEMBER_FLAGS;
  }

  private static final int ACCESS =
      Opcodes.ACC_PUBLIC | Opcodes.ACC_PRIVATE | Opcodes.ACC_PROTECTED;
  private static final int MEMBER = ACCESS | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL;
  private static final int OTHER_RULES = Opcodes.ACC_NATIVE | Opcodes.ACC_SYNCHRONIZED;

  @Override
  public void check(Subject subject, Refusals out) {
    for (PluginClass c : subject.plugin().classes()) {
      for (FieldNode field : c.node().fields) {
        if (!isPlain(field.access, MEMBER)) {
          out.add(
              id(),
              c.at(field),
              "flags 0x" + Integer.toHexString(field.access),
              "no volatile or transient field; make nested classes static");
        }
      }
      for (PluginMethod method : c.methods()) {
        int flags = method.node().access & ~OTHER_RULES;
        if (!isPlain(flags, method.name().equals("<init>") ? ACCESS : MEMBER)) {
          out.add(
              id(),
              method.here(),
              "flags 0x" + Integer.toHexString(flags),
              "no varargs, bridge, synthetic or abstract method");
        }
      }
    }
  }

  private static boolean isPlain(int flags, int allowed) {
    return (flags & ~allowed) == 0 && Integer.bitCount(flags & ACCESS) <= 1;
  }
}
