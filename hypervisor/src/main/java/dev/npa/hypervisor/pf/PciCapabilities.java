// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

import dev.npa.nic.pci.ConfigSpace;

/// Finds capabilities in a function's configuration space (PCI Express Base Specification,
/// 7.5.1.1.11 and 7.6.3).
public final class PciCapabilities {
  public static final int MSI_X = 0x11;

  private static final int POINTER = 0x34;
  private static final int FIRST_EXTENDED = 0x100;

  /// More than fit: a chain that loops is cut off.
  private static final int MAX_CAPABILITIES = 1024;

  private PciCapabilities() {}

  /// @return offset of the capability
  /// @throws IllegalStateException if the function has none
  public static int find(ConfigSpace config, int id) {
    int at = config.read(POINTER, 1);
    for (int i = 0; i < MAX_CAPABILITIES && at != 0; i++) {
      if (config.read(at, 1) == id) {
        return at;
      }
      at = config.read(at + 1, 1);
    }
    throw new IllegalStateException("no PCI capability %#x".formatted(id));
  }

  /// @return offset of the extended capability
  /// @throws IllegalStateException if the function has none
  public static int findExtended(ConfigSpace config, int id) {
    int at = FIRST_EXTENDED;
    for (int i = 0; i < MAX_CAPABILITIES && at != 0; i++) {
      int header = config.read(at, 4);
      if ((header & 0xFFFF) == id) {
        return at;
      }
      at = header >>> 20;
    }
    throw new IllegalStateException("no PCI extended capability %#x".formatted(id));
  }
}
