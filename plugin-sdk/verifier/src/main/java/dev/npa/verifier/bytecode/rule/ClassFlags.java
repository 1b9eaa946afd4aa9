// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.PluginClass;
import dev.npa.verifier.bytecode.read.Refusals;
import java.util.LinkedHashMap;
import java.util.Map;
import org.objectweb.asm.Opcodes;

/// Final classes, nothing else: so a call runs the method it names.
final class ClassFlags implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B016_CLASS_FLAGS;
  }

  /// What javac makes of an enum or of a switch over one breaks many rules, and one word of source.
  private static String cause(PluginClass c, int access, Refusals out) {
    if ((access & (Opcodes.ACC_ENUM | Opcodes.ACC_SYNTHETIC)) == 0) {
      return RuleId.B016_CLASS_FLAGS + kind(access);
    }
    String cause = kind(access);
    out.absorb(c.here(), cause);
    return cause;
  }

  private static String kind(int access) {
    return KINDS.entrySet().stream()
        .filter(kind -> (access & kind.getKey()) != 0)
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("not final");
  }

  /// In the order in which they say most.
  private static final Map<Integer, String> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put(Opcodes.ACC_MODULE, "a module descriptor");
    KINDS.put(Opcodes.ACC_ANNOTATION, "an annotation");
    KINDS.put(Opcodes.ACC_ENUM, "an enum");
    KINDS.put(Opcodes.ACC_INTERFACE, "an interface");
    KINDS.put(Opcodes.ACC_SYNTHETIC, "made by javac, as for a switch over an enum");
    KINDS.put(Opcodes.ACC_ABSTRACT, "an abstract class");
  }

  private static final int REQUIRED = Opcodes.ACC_FINAL | Opcodes.ACC_SUPER;

  @Override
  public void check(Subject subject, Refusals out) {
    for (PluginClass c : subject.plugin().classes()) {
      int access = c.model().flags().flagsMask();
      if ((access & ~Opcodes.ACC_PUBLIC) != REQUIRED) {
        out.add(
            cause(c, access, out),
            id(),
            c.here(),
            "access flags 0x" + Integer.toHexString(access) + ": " + kind(access),
            "declare a final class; no interface, enum, record or abstract class");
      }
    }
  }
}
