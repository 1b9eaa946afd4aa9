// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.PluginMethod;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/// Who has to be looked at again when something becomes known.
final class Dependents {
  private final Map<PluginMethod, Set<PluginMethod>> callers = new HashMap<>();
  private final Map<String, Set<PluginMethod>> readers = new HashMap<>();
  private final Map<String, Set<PluginMethod>> users = new HashMap<>();

  private Dependents() {}

  static Dependents of(Plugin plugin, List<PluginMethod> methods) {
    Dependents all = new Dependents();
    for (PluginMethod method : methods) {
      add(all.users, method.owner().name(), method);
      for (AbstractInsnNode insn : method.code()) {
        if (insn instanceof MethodInsnNode call) {
          plugin
              .method(call.owner, call.name, call.desc)
              .ifPresent(callee -> add(all.callers, callee, method));
        } else if (insn instanceof FieldInsnNode use && use.getOpcode() == Opcodes.GETFIELD) {
          add(all.readers, Facts.key(use.owner, use.name, use.desc), method);
          add(all.users, use.owner, method);
        }
      }
    }
    return all;
  }

  private static <K> void add(Map<K, Set<PluginMethod>> map, K key, PluginMethod method) {
    map.computeIfAbsent(key, k -> new LinkedHashSet<>()).add(method);
  }

  boolean isCalled(PluginMethod method) {
    return callers.containsKey(method);
  }

  Set<PluginMethod> callers(PluginMethod method) {
    return callers.getOrDefault(method, Set.of());
  }

  Set<PluginMethod> readers(String field) {
    return readers.getOrDefault(field, Set.of());
  }

  /// Methods of a class, and those that read its fields.
  Set<PluginMethod> users(String owner) {
    return users.getOrDefault(owner, Set.of());
  }
}
