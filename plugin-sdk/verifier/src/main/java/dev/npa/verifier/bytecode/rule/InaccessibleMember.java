// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.PluginClass;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.read.Refusals;
import java.util.BitSet;
import java.util.Optional;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/// Private members are used inside their nest, package-private and protected ones inside their
/// package. The JVM would refuse too, but only when the instruction runs.
final class InaccessibleMember implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B014_INACCESSIBLE_MEMBER;
  }

  @Override
  public void check(Subject subject, Refusals out) {
    for (PluginMethod method : subject.plugin().methodList()) {
      BitSet uses = method.uses();
      for (int i = uses.nextSetBit(0); i >= 0; i = uses.nextSetBit(i + 1)) {
        AbstractInsnNode insn = method.code().get(i);
        Optional<String> hidden =
            insn instanceof TypeInsnNode use
                ? hiddenClass(subject, method.owner(), use)
                : hidden(subject, method.owner(), insn);
        if (hidden.isPresent()) {
          out.add(
              id(),
              method.at(i),
              hidden.get() + " cannot be accessed from " + method.owner().name(),
              "make the member package-private, and compile all classes together");
        }
      }
    }
  }

  private static Optional<String> hidden(Subject subject, PluginClass user, AbstractInsnNode insn) {
    Optional<PluginClass> owner = subject.plugin().find(MemberUse.owner(insn));
    if (owner.isEmpty()) {
      return Optional.empty();
    }
    Optional<Integer> access =
        switch (insn) {
          case FieldInsnNode f -> owner.get().field(f.name, f.desc).map(field -> field.access);
          case MethodInsnNode m ->
              owner.get().method(m.name, m.desc).map(call -> call.node().access);
          default -> Optional.empty();
        };
    return access
        .filter(flags -> !isVisible(flags, owner.get(), user))
        .map(flags -> "a member of " + owner.get().name());
  }

  private static Optional<String> hiddenClass(Subject subject, PluginClass user, TypeInsnNode use) {
    String name = use.desc.startsWith("[") ? elementOf(use.desc) : use.desc;
    return subject
        .plugin()
        .find(name)
        .filter(c -> !c.is(Opcodes.ACC_PUBLIC) && !c.packageName().equals(user.packageName()))
        .map(c -> "class " + c.name());
  }

  /// The class name in a descriptor such as `[[Lacme/P;`, or what is left of one of primitives.
  private static String elementOf(String array) {
    String element = array.replace("[", "");
    return element.startsWith("L") ? element.substring(1, element.length() - 1) : element;
  }

  private static boolean isVisible(int access, PluginClass owner, PluginClass user) {
    boolean samePackage = owner.packageName().equals(user.packageName());
    if ((access & Opcodes.ACC_PRIVATE) != 0) {
      return owner == user || samePackage && owner.nestHost().equals(user.nestHost());
    }
    boolean classVisible = owner.is(Opcodes.ACC_PUBLIC) || samePackage;
    return classVisible && ((access & Opcodes.ACC_PUBLIC) != 0 || samePackage);
  }
}
