// SPDX-License-Identifier: MIT
package dev.npa.hypervisor;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Virtual functions that no guest gets until an operator has looked at them.
final class Quarantine {
  private final Map<Integer, QuarantinedVf> functions = new TreeMap<>();

  void add(int vf, String vm, String reason) {
    functions.put(vf, new QuarantinedVf(vf, vm, reason));
  }

  boolean contains(int vf) {
    return functions.containsKey(vf);
  }

  List<QuarantinedVf> list() {
    return List.copyOf(functions.values());
  }

  QuarantinedVf remove(int vf) {
    QuarantinedVf removed = functions.remove(vf);
    if (removed == null) {
      throw new IllegalArgumentException("VF " + vf + " is not in quarantine");
    }
    return removed;
  }
}
