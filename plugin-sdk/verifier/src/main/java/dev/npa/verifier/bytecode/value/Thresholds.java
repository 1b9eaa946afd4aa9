// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.read.PluginMethod;
import java.util.Collection;
import java.util.TreeSet;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;

/// Where growing numbers are likely to stop: what the code compares with, and the ends of types.
/// Which ones are chosen decides how much is found out, never whether it is true.
final class Thresholds {
  private static final int MOST = 64;

  private final TreeSet<Long> stops = new TreeSet<>();

  private Thresholds() {
    long[] usual = {Long.MIN_VALUE, Integer.MIN_VALUE, -1, 0, 1, Integer.MAX_VALUE};
    for (long stop : usual) {
      stops.add(stop);
    }
    stops.add(Long.MAX_VALUE);
  }

  static Thresholds of(Collection<PluginMethod> methods) {
    Thresholds thresholds = new Thresholds();
    for (PluginMethod method : methods) {
      method.code().forEach(thresholds::add);
    }
    return thresholds;
  }

  private void add(AbstractInsnNode insn) {
    if (stops.size() >= MOST) {
      return;
    }
    switch (insn) {
      case IntInsnNode push -> around(push.operand);
      case LdcInsnNode push when push.cst instanceof Integer constant -> around(constant);
      default -> {
        // Small constants are near the usual stops.
      }
    }
  }

  private void around(long constant) {
    stops.add(constant - 1);
    stops.add(constant);
  }

  Interval widen(Interval old, Interval grown, Width width) {
    long min =
        grown.min() < old.min() ? Math.max(stops.floor(grown.min()), width.min()) : old.min();
    long max =
        grown.max() > old.max() ? Math.min(stops.ceiling(grown.max()), width.max()) : old.max();
    return Interval.of(min, max, grown.bits());
  }
}
