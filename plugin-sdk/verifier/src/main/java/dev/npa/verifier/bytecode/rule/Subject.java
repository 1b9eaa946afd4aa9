// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.bytecode.flow.ControlFlow;
import dev.npa.verifier.bytecode.flow.PluginFlow;
import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.value.Budget;
import dev.npa.verifier.bytecode.value.Certificate;
import dev.npa.verifier.bytecode.world.World;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// What rules look at.
public final class Subject {
  private final World world;
  private final Function<ControlFlow, PluginFlow> analysis;
  private Optional<ControlFlow> control = Optional.empty();
  private Optional<PluginFlow> flow = Optional.empty();

  private Subject(World world, Function<ControlFlow, PluginFlow> analysis) {
    this.world = world;
    this.analysis = analysis;
  }

  /// Before rewriting: the vendor's classes.
  public static Subject input(Plugin plugin) {
    return input(plugin, method -> true, PluginFlow.budget());
  }

  /// @param counts methods of which loops may be proved
  /// @param budget for the analysis
  public static Subject input(Plugin plugin, Predicate<PluginMethod> counts, Budget budget) {
    return new Subject(
        new World(plugin, false), control -> PluginFlow.beforeMetering(control, counts, budget));
  }

  /// After rewriting: the classes as they will run, without the meter.
  public static Subject output(Plugin plugin) {
    return new Subject(
        new World(plugin, true), control -> PluginFlow.afterMetering(control.plugin()));
  }

  /// @param certificate what is known of the vendor's code
  /// @param budget for the analysis
  public static Subject output(Plugin plugin, Certificate certificate, Budget budget) {
    return new Subject(
        new World(plugin, true), control -> PluginFlow.afterMetering(control, certificate, budget));
  }

  public Plugin plugin() {
    return world.plugin();
  }

  /// What the plugin may name, and whether it is the rewriter's output.
  public World world() {
    return world;
  }

  /// Where control can go; looked at when the first rule asks.
  public ControlFlow control() {
    if (control.isEmpty()) {
      control = Optional.of(ControlFlow.of(plugin()));
    }
    return control.get();
  }

  /// The same for an explanation of what is refused already, which is worth less work.
  public PluginFlow flowToExplain() {
    return flow.orElseGet(
        () -> PluginFlow.beforeMetering(control(), method -> false, PluginFlow.smallBudget()));
  }

  /// What the analyses found out; they run when the first rule asks.
  public PluginFlow flow() {
    if (flow.isEmpty()) {
      flow = Optional.of(analysis.apply(control()));
    }
    return flow.get();
  }
}
