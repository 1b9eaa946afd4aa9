// SPDX-License-Identifier: MIT
package dev.npa.shell;

import dev.npa.plugin.NpaPlugin;
import dev.npa.shell.datapath.DataPaths;
import dev.npa.shell.datapath.PacketPath;
import dev.npa.shell.datapath.TxLedger;
import dev.npa.shell.region.LoadedPlugin;
import dev.npa.shell.vmxnet3.PluginOffer;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;

/// A virtual function with its plugin: the offer it came with and the path through it.
record VirtualFunction(PluginOffer offer, PacketPath path) {

  /// Constructs the plugin.
  ///
  /// @return empty if its constructor faulted
  static Optional<VirtualFunction> construct(
      PluginOffer offer, LoadedPlugin loaded, QueueMemory memory, TxLedger tx) {
    NpaPlugin plugin;
    try {
      plugin = loaded.newInstance();
    } catch (InvocationTargetException e) {
      return Optional.empty(); // The cause is the plugin's: not looked at.
    }
    PacketPath path =
        DataPaths.ofRegion(
            plugin,
            memory.queuePair(offer.registers()),
            offer.pluginData(),
            memory.rxLedger(),
            tx,
            memory.traffic());
    return Optional.of(new VirtualFunction(offer, path));
  }

  /// Whether the hypervisor still lets the guest reach the function.
  boolean present() {
    return offer.isPresent();
  }
}
