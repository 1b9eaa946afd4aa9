// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.explain;

import dev.npa.verifier.Evidence;
import dev.npa.verifier.Evidence.CodeLine;
import dev.npa.verifier.Location;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.bytecode.flow.CallGraph;
import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.world.EntryPoints;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds the evidence for refusals of one plugin. Linear in the plugin's size.
public final class Explainer {
  private final Map<Location, PluginMethod> methods = new HashMap<>();
  private final CallPaths all;
  private final CallPaths dataPath;

  private Explainer(Plugin plugin, CallGraph calls) {
    plugin.methods().forEach(method -> methods.putIfAbsent(method.here(), method));
    this.all =
        CallPaths.from(
            Stream.concat(EntryPoints.DATA_PATH.stream(), EntryPoints.SET_UP.stream()).toList(),
            calls);
    this.dataPath = CallPaths.from(EntryPoints.DATA_PATH, calls);
  }

  /// The same refusals with what can be shown. A refusal that cannot be explained stays one.
  public static List<Refusal> explain(List<Refusal> refusals, Plugin plugin) {
    try {
      Explainer explainer = new Explainer(plugin, CallGraph.of(plugin));
      return refusals.stream().map(explainer::explain).toList();
    } catch (RuntimeException inexplicable) {
      List<String> said = List.of("not shown: " + inexplicable.getClass().getName());
      return refusals.stream().map(r -> r.with(r.evidence().knowing(said))).toList();
    }
  }

  private Refusal explain(Refusal refusal) {
    return switch (refusal.location()) {
      case Location.Instruction at -> refusal.with(evidence(refusal, at.method(), at.index()));
      case Location.Member at -> refusal.with(evidence(refusal, at, -1));
      case Location.Package part -> refusal;
      case Location.Entry entry -> refusal;
    };
  }

  private Evidence evidence(Refusal refusal, Location.Member where, int index) {
    Optional<PluginMethod> method = Optional.ofNullable(methods.get(where));
    List<CodeLine> code =
        method
            .filter(m -> index >= 0 && index < m.code().size())
            .map(m -> Listing.around(m, index))
            .orElse(List.of());
    List<Location> path =
        method.map(m -> paths(refusal.rule()).to(m, refusal.location())).orElse(List.of());
    return refusal.evidence().along(path, code);
  }

  /// What allocates may be reached from set-up as well; the way that matters is the other one.
  private CallPaths paths(RuleId rule) {
    return rule == RuleId.B035_DATA_PATH_ALLOCATION ? dataPath : all;
  }
}
