// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.read.Refusals;
import dev.npa.verifier.bytecode.world.AllowList;
import java.util.BitSet;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodInsnNode;

/// `invokestatic` calls static methods, `invokevirtual` instance methods, `invokespecial`
/// constructors only, and nothing is called through an interface; static and instance fields are
/// told apart likewise. So a call runs what it names, whoever the receiver is.
final class CallKind implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B015_CALL_KIND;
  }

  @Override
  public void check(Subject subject, Refusals out) {
    for (PluginMethod method : subject.plugin().methodList()) {
      BitSet uses = method.uses();
      for (int i = uses.nextSetBit(0); i >= 0; i = uses.nextSetBit(i + 1)) {
        AbstractInsnNode insn = method.code().get(i);
        boolean fits =
            switch (insn) {
              case MethodInsnNode call -> fits(subject, call);
              case FieldInsnNode use -> fits(subject, use);
              default -> true;
            };
        if (!fits) {
          String owner = MemberUse.owner(insn);
          String detail = "opcode " + insn.getOpcode() + " on " + owner.replace('/', '.');
          boolean known = subject.world().mayNameClass(owner);
          out.add(
              known ? id().id() + detail : Cause.foreignClass(owner),
              id(),
              method.at(i),
              detail,
              "call methods of final classes directly, not super and not through an interface");
        }
      }
    }
  }

  private static boolean fits(Subject subject, MethodInsnNode call) {
    boolean constructor = call.name.equals("<init>");
    if (call.itf || call.name.equals("<clinit>")) {
      return false;
    }
    return switch (call.getOpcode()) {
      case Opcodes.INVOKESPECIAL -> constructor;
      case Opcodes.INVOKESTATIC -> !constructor && isStatic(subject, call, true);
      case Opcodes.INVOKEVIRTUAL -> !constructor && isStatic(subject, call, false);
      default -> false;
    };
  }

  private static boolean isStatic(Subject subject, MethodInsnNode call, boolean expected) {
    if (AllowList.isStaticMethod(call.owner, call.name, call.desc)
        || subject.world().isInserted(call.owner, call.name, call.desc)) {
      return expected;
    }
    if (AllowList.isInstanceMethod(call.owner, call.name, call.desc)) {
      return !expected;
    }
    // What is unknown is another rule's business.
    return subject
        .plugin()
        .method(call.owner, call.name, call.desc)
        .map(target -> target.isStatic() == expected)
        .orElse(true);
  }

  private static boolean fits(Subject subject, FieldInsnNode use) {
    boolean expected = use.getOpcode() == Opcodes.GETSTATIC || use.getOpcode() == Opcodes.PUTSTATIC;
    return subject
        .plugin()
        .find(use.owner)
        .flatMap(owner -> owner.field(use.name, use.desc))
        .map((FieldNode field) -> ((field.access & Opcodes.ACC_STATIC) != 0) == expected)
        .orElse(true);
  }
}
