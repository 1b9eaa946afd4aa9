// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.flow;

import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.PluginMethod;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/// Where control can go in a plugin: the blocks and loops of every method and the calls between
/// them. Takes about linear time, and asks nothing about values.
public final class ControlFlow {
  private final Plugin plugin;
  private final CallGraph calls;
  private final Map<PluginMethod, MethodControl> methods = new LinkedHashMap<>();

  private ControlFlow(Plugin plugin) {
    this.plugin = plugin;
    this.calls = CallGraph.of(plugin);
    for (PluginMethod method : calls.calleesFirst()) {
      methods.put(method, MethodControl.of(method));
    }
  }

  public static ControlFlow of(Plugin plugin) {
    return new ControlFlow(plugin);
  }

  public Plugin plugin() {
    return plugin;
  }

  public CallGraph calls() {
    return calls;
  }

  /// Callees before callers where there is no cycle.
  public Collection<MethodControl> methods() {
    return methods.values();
  }

  MethodControl of(PluginMethod method) {
    return methods.get(method);
  }
}
