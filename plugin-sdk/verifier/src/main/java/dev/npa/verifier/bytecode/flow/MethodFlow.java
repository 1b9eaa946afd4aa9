// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.flow;

import dev.npa.verifier.bytecode.read.PluginMethod;
import java.util.List;

/// What is known of one method's control flow.
///
/// @param bounds why each loop ends, by [Loop#index]
/// @param cost bytecodes that one call can execute between two charges of fuel: every metered loop
///   counted for one round, proved loops in full, own callees included
public record MethodFlow(
    PluginMethod method, FlowGraph graph, LoopForest forest, List<LoopBound> bounds, long cost) {

  public MethodFlow {
    bounds = List.copyOf(bounds);
  }

  public LoopBound bound(Loop loop) {
    return bounds.get(loop.index());
  }

  public List<Loop> meteredLoops() {
    return forest.loops().stream().filter(l -> bound(l) instanceof LoopBound.Metered).toList();
  }

  public boolean hasMeteredLoop() {
    return bounds.stream().anyMatch(LoopBound.Metered.class::isInstance);
  }
}
