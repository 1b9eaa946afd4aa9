// SPDX-License-Identifier: MIT
package dev.npa.shell;

import dev.npa.shell.region.LoadedPlugin;
import dev.npa.testbed.Driver;
import dev.npa.verifier.Verdict;
import java.util.List;
import java.util.function.Supplier;

/// The shell with a gate that lets one plugin pass, whatever is offered. Only on the class path,
/// and so never in the product.
public final class UngatedShell {
  private UngatedShell() {}

  public static Driver running(Supplier<LoadedPlugin> plugin) {
    return (function, memory, interrupts, config, stack) ->
        Shell.boot(
            function,
            memory,
            interrupts,
            config,
            stack,
            _ -> new PluginGate.Answer(Verdict.accepted(plugin.get()), List.of()),
            Runnable::run,
            System::nanoTime);
  }
}
