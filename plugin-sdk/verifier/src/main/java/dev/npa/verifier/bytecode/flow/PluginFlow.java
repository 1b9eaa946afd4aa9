// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.flow;

import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.PluginMethod;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.objectweb.asm.tree.AbstractInsnNode;

/// The control flow of every method and the calls between them, analysed callees first.
///
/// With recursion, which is refused, a callee that is not analysed yet counts as nothing.
public final class PluginFlow {
  private final CallGraph calls;
  private final Map<PluginMethod, MethodFlow> flows = new LinkedHashMap<>();
  private final Map<PluginMethod, Boolean> metered = new LinkedHashMap<>();

  private PluginFlow(CallGraph calls) {
    this.calls = calls;
  }

  /// Analyses code before rewriting: costs leave room for metering.
  public static PluginFlow beforeMetering(Plugin plugin) {
    return of(plugin, CostModel.WITH_ROOM);
  }

  /// Analyses code as it will run.
  public static PluginFlow afterMetering(Plugin plugin) {
    return of(plugin, CostModel.EXACT);
  }

  private static PluginFlow of(Plugin plugin, CostModel model) {
    PluginFlow flow = new PluginFlow(CallGraph.of(plugin));
    for (PluginMethod method : flow.calls.calleesFirst()) {
      flow.flows.put(method, new MethodCost(method, model, flow::calleeCost).compute());
      flow.metered.put(method, flow.spendsFuel(method));
    }
    return flow;
  }

  public CallGraph calls() {
    return calls;
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
