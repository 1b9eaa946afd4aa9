// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.flow;

import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.value.Budget;
import dev.npa.verifier.bytecode.value.Certificate;
import dev.npa.verifier.bytecode.value.PluginValues;
import dev.npa.verifier.bytecode.value.Shape;
import dev.npa.verifier.bytecode.world.Meter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
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

  private final ControlFlow control;
  private final CostModel model;
  private final PluginValues values;
  private final Map<PluginMethod, MethodLoops> loops = new LinkedHashMap<>();
  private final Map<PluginMethod, MethodFlow> flows = new LinkedHashMap<>();
  private final Map<PluginMethod, Boolean> metered = new LinkedHashMap<>();

  private PluginFlow(
      ControlFlow control, CostModel model, PluginValues values, Predicate<PluginMethod> counts) {
    this.control = control;
    this.model = model;
    this.values = values;
    for (MethodControl method : control.methods()) {
      MethodLoops found = new MethodLoops(method);
      if (counts.test(method.method())) {
        found.count(values.of(method.method()));
      }
      loops.put(method.method(), found);
    }
  }

  /// What the analyses may do for one plugin in all: enough for any driver, and done in a second.
  public static Budget budget() {
    return new Budget(UNITS);
  }

  /// For explaining what is refused for another reason.
  public static Budget smallBudget() {
    return new Budget(UNITS / 10);
  }

  private static final long UNITS = 20_000_000;

  /// Analyses code before rewriting: costs leave room for metering.
  public static PluginFlow beforeMetering(Plugin plugin) {
    return beforeMetering(ControlFlow.of(plugin), method -> true, budget());
  }

  /// @param counts methods of which loops may be proved; those of others are all metered
  public static PluginFlow beforeMetering(
      ControlFlow control, Predicate<PluginMethod> counts, Budget budget) {
    PluginValues values =
        PluginValues.of(control.plugin(), control.calls().calleesFirst(), shapes(control), budget);
    PluginFlow flow = new PluginFlow(control, CostModel.WITH_ROOM, values, counts);
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
    ControlFlow control = ControlFlow.of(plugin);
    return afterMetering(
        control,
        PluginValues.of(plugin, control.calls().calleesFirst(), shapes(control), budget()));
  }

  /// The same with what is known of the vendor's code, which is checked and not found out anew.
  public static PluginFlow afterMetering(
      ControlFlow control, Certificate certificate, Budget budget) {
    return afterMetering(
        control,
        PluginValues.carried(
            control.plugin(),
            control.calls().calleesFirst(),
            shapes(control),
            certificate,
            budget));
  }

  private static PluginFlow afterMetering(ControlFlow control, PluginValues values) {
    PluginFlow flow = new PluginFlow(control, CostModel.EXACT, values, method -> true);
    flow.compute(MethodCost.HUGE);
    return flow;
  }

  private static Function<PluginMethod, Shape> shapes(ControlFlow control) {
    return method -> Shapes.of(control.of(method).graph());
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
    return control.plugin();
  }

  public CallGraph calls() {
    return control.calls();
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
        || calls().calls(method).stream().anyMatch(call -> isMetered(call.callee()));
  }

  private OptionalLong calleeCost(AbstractInsnNode insn) {
    return calls()
        .callee(insn)
        .map(callee -> OptionalLong.of(flows.containsKey(callee) ? flows.get(callee).cost() : 0))
        .orElse(OptionalLong.empty());
  }
}
