// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.explain;

import dev.npa.verifier.Location;
import dev.npa.verifier.bytecode.flow.CallGraph;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.world.EntryPoints.EntryPoint;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A shortest chain of calls to each method that some entry points can reach.
final class CallPaths {
  private final Map<PluginMethod, Optional<Location>> callSites = new HashMap<>();
  private final Map<PluginMethod, PluginMethod> callers = new HashMap<>();

  private CallPaths() {}

  static CallPaths from(List<EntryPoint> points, CallGraph calls) {
    CallPaths paths = new CallPaths();
    Deque<PluginMethod> work = new ArrayDeque<>();
    for (EntryPoint point : points) {
      calls
          .entry(point)
          .filter(method -> paths.isNew(method, Optional.empty()))
          .ifPresent(work::add);
    }
    while (!work.isEmpty()) {
      PluginMethod caller = work.remove();
      for (CallGraph.Call call : calls.calls(caller)) {
        if (paths.isNew(call.callee(), Optional.of(caller.at(call.instruction())))) {
          paths.callers.put(call.callee(), caller);
          work.add(call.callee());
        }
      }
    }
    return paths;
  }

  private boolean isNew(PluginMethod method, Optional<Location> callSite) {
    return callSites.putIfAbsent(method, callSite) == null;
  }

  /// Calls on a path beyond which its start is left out: far more than the gate accepts, and few
  /// enough that thousands of refusals can have one each.
  private static final int MOST_CALLS = 32;

  /// The calls that lead to the method and the place itself, or nothing if none do.
  List<Location> to(PluginMethod method, Location place) {
    if (!callSites.containsKey(method)) {
      return List.of();
    }
    Deque<Location> path = new ArrayDeque<>();
    path.add(place);
    PluginMethod at = method;
    while (callSites.get(at).isPresent() && path.size() <= MOST_CALLS) {
      path.addFirst(callSites.get(at).get());
      at = callers.get(at);
    }
    return List.copyOf(path);
  }
}
