// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.rule;

import dev.npa.verifier.bytecode.flow.PluginFlow;
import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.world.World;

/// What rules look at.
///
/// @param world what the plugin may name, and whether it is the rewriter's output
public record Subject(World world, PluginFlow flow) {

  public Plugin plugin() {
    return world.plugin();
  }

  /// Before rewriting: the vendor's classes.
  public static Subject input(Plugin plugin) {
    return new Subject(new World(plugin, false), PluginFlow.beforeMetering(plugin));
  }

  /// After rewriting: the classes as they will run, without the meter.
  public static Subject output(Plugin plugin) {
    return new Subject(new World(plugin, true), PluginFlow.afterMetering(plugin));
  }
}
