// SPDX-License-Identifier: MIT
package dev.npa.testbed;

import dev.npa.nic.memory.GuestMemory;
import dev.npa.nic.pci.PciFunction;
import dev.npa.shell.Shell;
import dev.npa.shell.ShellConfig;
import dev.npa.shell.guest.GuestStack;
import dev.npa.shell.guest.InterruptController;
import dev.npa.verifier.trust.Trust;

/// How a guest boots its shell.
@FunctionalInterface
public interface Driver {
  /// As [Shell#boot].
  Shell boot(
      PciFunction function,
      GuestMemory memory,
      InterruptController interrupts,
      ShellConfig config,
      GuestStack stack);

  /// As the product does: with the gate.
  ///
  /// @param trust the guests' own, which need not be the hypervisor's
  static Driver trusting(Trust trust) {
    return (function, memory, interrupts, config, stack) ->
        Shell.boot(function, memory, interrupts, config, trust, stack);
  }
}
