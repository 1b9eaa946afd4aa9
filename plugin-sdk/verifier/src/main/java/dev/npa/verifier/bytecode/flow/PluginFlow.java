// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.flow;

import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.value.PluginValues;
import dev.npa.verifier.bytecode.world.Meter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.objectweb.asm.tree.AbstractInsnNode;

/// The control flow of every method and the calls between them, analysed callees first.
///
/// With recursion, which is refused, a callee that is not analysed yet counts as nothing.
public final class PluginFlow {
  /// What the rounds of one proved loop may cost together, in bytecodes. The first for which no
  /// method costs more than an entry point's fuel is taken, so that proving more never refuses
  /// more.
  private static final long[] LARGEST_LOOP = {1 << 24, 1 << 19, 1 << 12};

  private final Plugin plugin;
  private final CostModel model;
  private final CallGraph calls;
  private final Map<PluginMethod, MethodLoops> loops = new LinkedHashMap<>();
  private final Map<PluginMethod, MethodFlow> flows = new LinkedHashMap<>();
  private final Map<PluginMethod, Boolean> metered = new LinkedHashMap<>();
  private final PluginValues values;

  private PluginFlow(Plugin plugin, CostModel model, Predicate<PluginMethod> counts) {
    this.plugin = plugin;
    this.model = model;
    this.calls = CallGraph.of(plugin);
    for (PluginMethod method : calls.calleesFirst()) {
      FlowGraph graph = FlowGraph.of(method);
      loops.put(method, new MethodLoops(method, graph, LoopForest.of(graph)));
    }
    this.values =
        PluginValues.of(plugin, calls.calleesFirst(), m -> Shapes.of(loops.get(m).graph()));
    loops.forEach(
        (method, found) -> {
          if (counts.test(method)) {
            found.count(values.of(method));
          }
        });
  }

  /// Analyses code before rewriting: costs leave room for metering.
  public static PluginFlow beforeMetering(Plugin plugin) {
    return beforeMetering(plugin, method -> true);
  }

  /// @param counts methods of which loops may be proved; those of others are all metered
  public static PluginFlow beforeMetering(Plugin plugin, Predicate<PluginMethod> counts) {
    PluginFlow flow = new PluginFlow(plugin, CostModel.WITH_ROOM, counts);
    for (long largest : LARGEST_LOOP) {
      flow.compute(largest);
      if (flow.flows.values().stream().allMatch(method -> method.cost() <= Meter.FUEL)) {
        break;
      }
    }
    return flow;
  }

  /// Analyses code as it will run: loops that are not charged must be proved.
  public static PluginFlow afterMetering(Plugin plugin) {
    PluginFlow flow = new PluginFlow(plugin, CostModel.EXACT, method -> true);
    flow.compute(MethodCost.HUGE);
    return flow;
  }

  private void compute(long largestLoop) {
    flows.clear();
    loops.forEach(
        (method, found) -> {
          flows.put(method, new MethodCost(found, model, this::calleeCost).compute(largestLoop));
          metered.put(method, spendsFuel(method));
        });
  }

  public Plugin plugin() {
    return plugin;
  }

  public CallGraph calls() {
    return calls;
  }

  /// What the methods can compute.
  public PluginValues values() {
    return values;
  }

  public Collection<MethodFlow> methods() {
    return flows.values();
  }

  public MethodFlow of(PluginMethod method) {
    return flows.get(method);
  }

  /// Whether a call of this method can spend fuel, in its own loops or in a callee's.
  public boolean isMetered(PluginMethod method) {
    return metered.getOrDefault(method, false);
  }

  private boolean spendsFuel(PluginMethod method) {
    return flows.get(method).hasMeteredLoop()
        || calls.calls(method).stream().anyMatch(call -> isMetered(call.callee()));
  }

  private OptionalLong calleeCost(AbstractInsnNode insn) {
    return calls
        .callee(insn)
        .map(callee -> OptionalLong.of(flows.containsKey(callee) ? flows.get(callee).cost() : 0))
        .orElse(OptionalLong.empty());
  }
}
