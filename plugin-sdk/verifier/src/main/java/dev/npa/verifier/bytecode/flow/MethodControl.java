// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.flow;

import dev.npa.verifier.bytecode.read.PluginMethod;

/// Where control can go in one method.
public record MethodControl(PluginMethod method, FlowGraph graph, LoopForest forest) {

  static MethodControl of(PluginMethod method) {
    FlowGraph graph = FlowGraph.of(method);
    return new MethodControl(method, graph, LoopForest.of(graph));
  }
}
