// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.Location;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.ConstantPool;
import dev.npa.verifier.bytecode.read.PluginClass;
import dev.npa.verifier.bytecode.read.Refusals;
import dev.npa.verifier.bytecode.read.Uses;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.objectweb.asm.tree.TryCatchBlockNode;

/// Every class in the constant pool is the plugin's or on the allow-list, used or not.
final class ForeignClass implements Rule {
  @Override
  public RuleId id() {
    return RuleId.B010_FOREIGN_CLASS;
  }

  static final String REMEDY =
      "use only the plugin's classes, dev.npa.plugin, and the number methods of Math, Integer,"
          + " Long, Short and Byte";

  @Override
  public void check(Subject subject, Refusals out) {
    Set<String> known = new HashSet<>();
    for (PluginClass c : subject.plugin().classes()) {
      for (String name : c.raw().pool().classes()) {
        if (known.contains(name)
            || Descriptors.isClassName(name) && subject.world().mayNameClass(name)) {
          known.add(name);
          continue;
        }
        Uses uses = c.uses();
        String cause = uses.hasClass(name) ? Cause.foreignClass(name) : unusedCause(c, name);
        String remedy = Instead.of(name, membersOf(c, name));
        for (Location where : uses.ofClass(name)) {
          out.add(cause, id(), where, "class " + name.replace('/', '.'), remedy);
        }
      }
    }
  }

  private static Set<String> membersOf(PluginClass c, String name) {
    return c.raw().pool().members().stream()
        .filter(member -> member.owner().equals(name))
        .map(ConstantPool.Member::name)
        .collect(Collectors.toSet());
  }

  /// A class that no instruction names may be there for a handler alone, or for the stack map of
  /// one that catches anything.
  private static String unusedCause(PluginClass c, String name) {
    return c.methods().stream()
        .filter(method -> method.node().tryCatchBlocks.stream().anyMatch(t -> catches(t, name)))
        .findFirst()
        .map(Cause::handler)
        .orElse(Cause.foreignClass(name));
  }

  private static boolean catches(TryCatchBlockNode handler, String name) {
    return name.equals(handler.type == null ? "java/lang/Throwable" : handler.type);
  }
}
