// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.bytecode.flow.PluginFlow;
import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.world.World;
import java.util.Optional;
import java.util.function.Function;

/// What rules look at.
public final class Subject {
  private final World world;
  private final Function<Plugin, PluginFlow> analysis;
  private Optional<PluginFlow> flow = Optional.empty();

  private Subject(World world, Function<Plugin, PluginFlow> analysis) {
    this.world = world;
    this.analysis = analysis;
  }

  /// Before rewriting: the vendor's classes.
  public static Subject input(Plugin plugin) {
    return new Subject(new World(plugin, false), PluginFlow::beforeMetering);
  }

  /// After rewriting: the classes as they will run, without the meter.
  public static Subject output(Plugin plugin) {
    return new Subject(new World(plugin, true), PluginFlow::afterMetering);
  }

  public Plugin plugin() {
    return world.plugin();
  }

  /// What the plugin may name, and whether it is the rewriter's output.
  public World world() {
    return world;
  }

  /// What the analyses found out; they run when the first rule asks.
  public PluginFlow flow() {
    if (flow.isEmpty()) {
      flow = Optional.of(analysis.apply(plugin()));
    }
    return flow.get();
  }
}
