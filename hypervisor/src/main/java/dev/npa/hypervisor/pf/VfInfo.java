// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

import dev.npa.verifier.DeviceId;

/// What the hypervisor must know to give a virtual function to a guest.
///
/// @param id picks the plugin
/// @param barBytes how much of BAR 0 the plugin may use
/// @param pluginData handed to the plugin as it is, at most 32 words
public record VfInfo(
    DeviceId id, int barBytes, int txQueues, int rxQueues, int vectors, PluginData pluginData) {

  /// At most 32 words from the PF driver to the plugin.
  public record PluginData(java.util.List<Integer> words) {
    public PluginData {
      words = java.util.List.copyOf(words);
      if (words.size() > 32) {
        throw new IllegalArgumentException(words.size() + " words of plugin data");
      }
    }
  }
}
