// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.PluginMethod;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/// Which fields a call can store to, in the method itself or in what it calls.
final class Stores {
  private final Map<PluginMethod, Set<String>> stores = new HashMap<>();

  private Stores() {}

  /// @param calleesFirst every method, after those that it calls; with recursion, which is refused,
  ///   a method may be missing when it is asked for, and then counts as storing everywhere
  static Stores of(Plugin plugin, List<PluginMethod> calleesFirst) {
    Stores all = new Stores();
    for (PluginMethod method : calleesFirst) {
      all.stores.put(method, all.of(plugin, method));
    }
    return all;
  }

  private static final String ANYTHING = "*";

  private Set<String> of(Plugin plugin, PluginMethod method) {
    Set<String> keys = new HashSet<>();
    for (AbstractInsnNode insn : method.code()) {
      if (insn instanceof FieldInsnNode use && use.getOpcode() == Opcodes.PUTFIELD) {
        keys.add(Facts.key(use.owner, use.name, use.desc));
      } else if (insn instanceof MethodInsnNode call) {
        plugin
            .method(call.owner, call.name, call.desc)
            .ifPresent(callee -> keys.addAll(stores.getOrDefault(callee, Set.of(ANYTHING))));
      }
    }
    return keys;
  }

  boolean mayStore(PluginMethod method, String key) {
    Set<String> keys = stores.getOrDefault(method, Set.of(ANYTHING));
    return keys.contains(key) || keys.contains(ANYTHING);
  }
}
