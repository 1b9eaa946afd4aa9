// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode;

import dev.npa.verifier.Printable;
import dev.npa.verifier.bytecode.flow.Loop;
import dev.npa.verifier.bytecode.flow.LoopBound;
import dev.npa.verifier.bytecode.flow.MethodFlow;
import dev.npa.verifier.bytecode.flow.PluginFlow;
import dev.npa.verifier.bytecode.read.InstructionText;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.value.Faults;
import dev.npa.verifier.bytecode.value.MethodValues;
import dev.npa.verifier.bytecode.world.EntryPoints;
import dev.npa.verifier.bytecode.world.EntryPoints.EntryPoint;
import dev.npa.verifier.bytecode.world.Meter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Puts what the analyses found into plain values.
final class Findings {
  private final PluginFlow flow;

  Findings(PluginFlow flow) {
    this.flow = flow;
  }

  Report report(long nanos) {
    List<LoopReport> loops = new ArrayList<>();
    Map<PluginMethod, FaultReport> faults = new LinkedHashMap<>();
    int instructions = 0;
    for (PluginMethod method : flow.plugin().methodList()) {
      instructions += method.code().size();
      loops.addAll(loops(flow.of(method)));
      faults.put(method, faults(method));
    }
    return new Report(
        flow.plugin().classes().size(),
        flow.methods().size(),
        instructions,
        loops,
        Stream.concat(EntryPoints.SET_UP.stream(), EntryPoints.DATA_PATH.stream())
            .map(point -> cost(point, faults))
            .toList(),
        List.copyOf(faults.values()),
        nanos);
  }

  private static List<LoopReport> loops(MethodFlow flow) {
    return flow.forest().loops().stream()
        .map(loop -> loop(flow, loop, flow.graph().block(loop.header()).first()))
        .sorted((a, b) -> Integer.compare(a.header(), b.header()))
        .toList();
  }

  private static LoopReport loop(MethodFlow flow, Loop loop, int header) {
    PluginMethod method = flow.method();
    OptionalLong rounds =
        switch (flow.bound(loop)) {
          case LoopBound.Proved proved -> OptionalLong.of(proved.rounds());
          case LoopBound.Metered metered -> OptionalLong.empty();
        };
    String reason =
        switch (flow.bound(loop)) {
          case LoopBound.Proved proved -> "";
          case LoopBound.Metered metered -> metered.reason();
        };
    return new LoopReport(
        method.owner().name(),
        method.name(),
        method.descriptor(),
        header,
        method.at(header),
        rounds,
        reason);
  }

  private FaultReport faults(PluginMethod method) {
    List<Integer> checked = new ArrayList<>();
    int[] safe = new int[1];
    MethodValues values = flow.values().of(method);
    if (values.isKnown()) {
      values.forEach(
          (index, state) -> {
            Faults found = Faults.of(flow.plugin(), state, method.code().get(index));
            safe[0] += found == Faults.PROVED_SAFE ? 1 : 0;
            if (found == Faults.CHECKED) {
              checked.add(index);
            }
          });
    } else {
      for (int i = 0; i < method.code().size(); i++) {
        if (Faults.ofAnything(flow.plugin(), method.code().get(i)) == Faults.CHECKED) {
          checked.add(i);
        }
      }
    }
    return new FaultReport(
        method.owner().name(),
        method.name(),
        method.descriptor(),
        method.code().size(),
        safe[0],
        checked);
  }

  /// See the package documentation of `flow` for why.
  private EntryCost cost(EntryPoint point, Map<PluginMethod, FaultReport> faults) {
    int safe = 0;
    int checked = 0;
    for (PluginMethod reached : flow.calls().reachedFrom(List.of(point))) {
      safe += faults.get(reached).provedSafe();
      checked += faults.get(reached).checked().size();
    }
    Optional<PluginMethod> method = flow.calls().entry(point);
    boolean metered = method.filter(flow::isMetered).isPresent();
    long cost = method.map(m -> flow.of(m).cost()).orElse(0L);
    return new EntryCost(
        point.name(), metered ? Meter.FUEL + 2 * cost : cost, metered, safe, checked);
  }

  List<MethodTrace> traces() {
    return flow.plugin().methods().map(this::trace).toList();
  }

  private MethodTrace trace(PluginMethod method) {
    List<MethodTrace.Step> steps = new ArrayList<>();
    flow.values()
        .of(method)
        .forEach(
            (index, state) ->
                steps.add(
                    new MethodTrace.Step(
                        index,
                        method.at(index),
                        Printable.text(InstructionText.of(method, index)),
                        fault(Faults.of(flow.plugin(), state, method.code().get(index))),
                        AbstractState.of(state, !method.isStatic()))));
    steps.sort((a, b) -> Integer.compare(a.index(), b.index()));
    return new MethodTrace(
        method.owner().name(), method.name(), method.descriptor(), method.code().size(), steps);
  }

  private static MethodTrace.Fault fault(Faults found) {
    return switch (found) {
      case NEVER_COULD -> MethodTrace.Fault.NONE;
      case PROVED_SAFE -> MethodTrace.Fault.EXCLUDED;
      case CHECKED -> MethodTrace.Fault.CHECKED;
    };
  }
}
