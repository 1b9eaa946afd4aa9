// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.read.PluginMethod;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Opcodes;

/// Which fields a call can store to, in the method itself or in what it calls.
final class Stores {
  /// In place of a field: all of them.
  private static final int ANYTHING = 0;

  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<PluginMethod, BitSet> stores = new HashMap<>();

  private Stores() {}

  /// @param calleesFirst every method, after those that it calls; with recursion, which is refused,
  ///   a method may be missing when it is asked for, and then counts as storing everywhere
  static Stores of(Map<PluginMethod, Code> codes, List<PluginMethod> calleesFirst) {
    Stores all = new Stores();
    for (PluginMethod method : calleesFirst) {
      all.stores.put(method, all.of(codes.get(method)));
    }
    return all;
  }

  private BitSet of(Code code) {
    BitSet fields = new BitSet();
    Set<PluginMethod> added = new HashSet<>();
    BitSet uses = code.method().uses();
    for (int i = uses.nextSetBit(0); i >= 0; i = uses.nextSetBit(i + 1)) {
      if (code.opcode(i) == Opcodes.PUTFIELD) {
        fields.set(numbers.computeIfAbsent(code.field(i).key(), key -> numbers.size() + 1));
      } else if (code.isCall(i) && code.call(i).own().filter(added::add).isPresent()) {
        fields.or(of(code.call(i).own().get()));
      }
    }
    return fields;
  }

  private BitSet of(PluginMethod callee) {
    BitSet fields = stores.get(callee);
    if (fields != null) {
      return fields;
    }
    BitSet anything = new BitSet();
    anything.set(ANYTHING);
    return anything;
  }

  boolean mayStore(PluginMethod method, String key) {
    BitSet fields = of(method);
    Integer number = numbers.get(key);
    return fields.get(ANYTHING) || number != null && fields.get(number);
  }
}
