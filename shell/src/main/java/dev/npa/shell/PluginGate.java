// SPDX-License-Identifier: MIT
package dev.npa.shell;

import dev.npa.shell.region.LoadedPlugin;
import dev.npa.verifier.Verdict;

/// The gate and the loading behind it, as the mode switch sees them. Called off the vCPU thread.
@FunctionalInterface
interface PluginGate {
  Verdict<LoadedPlugin> admit(byte[] packageBytes);
}
