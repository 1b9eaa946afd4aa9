// SPDX-License-Identifier: MIT
package dev.npa.testbed;

import dev.npa.nic.memory.GuestMemory;
import dev.npa.nic.pci.PciFunction;
import dev.npa.shell.Shell;
import dev.npa.shell.ShellConfig;
import dev.npa.shell.guest.GuestStack;
import dev.npa.shell.guest.InterruptController;

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
}
