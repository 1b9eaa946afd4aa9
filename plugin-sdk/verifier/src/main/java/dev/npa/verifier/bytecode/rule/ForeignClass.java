// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.Location;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.read.ConstantPool;
import dev.npa.verifier.bytecode.read.PluginClass;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.read.Refusals;
import dev.npa.verifier.bytecode.read.Uses;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
      Optional<Map<String, String>> caught = Optional.empty();
      Map<String, Set<String>> members = Map.of();
      for (String name : c.raw().pool().classes()) {
        if (known.contains(name)
            || Descriptors.isClassName(name) && subject.world().mayNameClass(name)) {
          known.add(name);
          continue;
        }
        Uses uses = c.uses();
        if (caught.isEmpty()) {
          caught = Optional.of(caught(c));
          members = members(c);
        }
        String unused = caught.get().getOrDefault(name, Cause.foreignClass(name));
        String cause = uses.hasClass(name) ? Cause.foreignClass(name) : unused;
        String remedy = Instead.of(name, members.getOrDefault(name, Set.of()));
        for (Location where : uses.ofClass(name)) {
          out.add(cause, id(), where, "class " + name.replace('/', '.'), remedy);
        }
      }
    }
  }

  /// The names of the members that the constant pool names, by owner.
  private static Map<String, Set<String>> members(PluginClass c) {
    Map<String, Set<String>> members = new HashMap<>();
    for (ConstantPool.Member member : c.raw().pool().members()) {
      members.computeIfAbsent(member.owner(), owner -> new HashSet<>()).add(member.name());
    }
    return members;
  }

  /// A class that no instruction names may be there for a handler alone, or for the stack map of
  /// one that catches anything: the causes of such classes, by name.
  private static Map<String, String> caught(PluginClass c) {
    Map<String, String> causes = new HashMap<>();
    for (PluginMethod method : c.methods()) {
      for (TryCatchBlockNode handler : method.node().tryCatchBlocks) {
        String type = handler.type == null ? "java/lang/Throwable" : handler.type;
        causes.putIfAbsent(type, Cause.handler(method));
      }
    }
    return causes;
  }
}
