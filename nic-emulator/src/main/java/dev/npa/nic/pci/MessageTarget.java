// SPDX-License-Identifier: MIT
package dev.npa.nic.pci;

/// Where MSI-X messages go: the guest's interrupt controller.
public interface MessageTarget {
  /// A message is a 32-bit memory write. Called from any thread; returns at once.
  ///
  /// @return whether the address is one of an interrupt controller; false is a DMA fault
  boolean message(long address, int data);
}
