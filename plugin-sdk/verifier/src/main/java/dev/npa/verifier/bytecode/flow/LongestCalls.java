// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.flow;

import dev.npa.verifier.bytecode.read.PluginMethod;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/// The heaviest chain of calls below each method.
public final class LongestCalls {
  private LongestCalls() {}

  /// @param weight what one frame of a method adds
  /// @return for each method the largest sum over any chain of calls that starts with it
  public static Map<PluginMethod, Integer> of(CallGraph calls, ToIntFunction<PluginMethod> weight) {
    Map<PluginMethod, Integer> sums = new LinkedHashMap<>();
    for (PluginMethod method : calls.calleesFirst()) {
      int below = 0;
      for (CallGraph.Call call : calls.calls(method)) {
        below = Math.max(below, sums.getOrDefault(call.callee(), 0));
      }
      sums.put(method, below + weight.applyAsInt(method));
    }
    return sums;
  }
}
