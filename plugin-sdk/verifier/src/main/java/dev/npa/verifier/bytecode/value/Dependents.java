// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.read.PluginMethod;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Opcodes;

/// Who has to be looked at again when something becomes known.
final class Dependents {
  private final Map<PluginMethod, Set<PluginMethod>> callers = new HashMap<>();
  private final Map<String, Set<PluginMethod>> readers = new HashMap<>();
  private final Map<String, Set<PluginMethod>> users = new HashMap<>();

  private Dependents() {}

  static Dependents of(Map<PluginMethod, Code> codes, List<PluginMethod> methods) {
    Dependents all = new Dependents();
    for (PluginMethod method : methods) {
      add(all.users, method.owner().name(), method);
      Code code = codes.get(method);
      BitSet uses = method.uses();
      for (int i = uses.nextSetBit(0); i >= 0; i = uses.nextSetBit(i + 1)) {
        if (code.isCall(i)) {
          code.call(i).own().ifPresent(callee -> add(all.callers, callee, method));
        } else if (code.opcode(i) == Opcodes.GETFIELD) {
          add(all.readers, code.field(i).key(), method);
          add(all.users, code.field(i).owner(), method);
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
