// SPDX-License-Identifier: MIT
package dev.npa.shell.vmxnet3;

import dev.npa.nic.pci.Bar;
import dev.npa.nic.pci.ConfigSpace;
import dev.npa.nic.pci.PciFunction;

/// Brings a PCI function up: memory decoding, bus mastering, MSI-X.
final class PciSetup {
  private static final int CAPABILITY_POINTER = 0x34;
  private static final int CAPABILITY_MSI_X = 0x11;
  private static final int MAX_CAPABILITIES = 48;
  private static final int MESSAGE_CONTROL = 2;
  private static final int MESSAGE_CONTROL_ENABLE = 1 << 15;
  private static final int TABLE = 4;
  private static final int TABLE_BAR_MASK = 7;
  private static final int ENTRY_BYTES = 16;

  private PciSetup() {}

  static void enable(PciFunction function) {
    ConfigSpace config = function.config();
    int command = config.read(ConfigSpace.COMMAND, 2);
    config.write(
        ConfigSpace.COMMAND,
        2,
        command | ConfigSpace.COMMAND_MEMORY | ConfigSpace.COMMAND_BUS_MASTER);
  }

  /// Programs vector `i` to send `data[i]` to `address`, then enables MSI-X.
  static void enableMsiX(PciFunction function, long address, int... data) {
    ConfigSpace config = function.config();
    int capability = findMsiX(config);
    int table = config.read(capability + TABLE, 4);
    Bar bar = function.bar(table & TABLE_BAR_MASK);
    for (int vector = 0; vector < data.length; vector++) {
      int entry = (table & ~TABLE_BAR_MASK) + vector * ENTRY_BYTES;
      bar.write32(entry, (int) address);
      bar.write32(entry + 4, (int) (address >>> 32));
      bar.write32(entry + 8, data[vector]);
      bar.write32(entry + 12, 0); // not masked
    }
    int control = config.read(capability + MESSAGE_CONTROL, 2);
    config.write(capability + MESSAGE_CONTROL, 2, control | MESSAGE_CONTROL_ENABLE);
  }

  private static int findMsiX(ConfigSpace config) {
    int at = config.read(CAPABILITY_POINTER, 1);
    for (int i = 0; i < MAX_CAPABILITIES && at != 0; i++) {
      if (config.read(at, 1) == CAPABILITY_MSI_X) {
        return at;
      }
      at = config.read(at + 1, 1);
    }
    throw new IllegalStateException("the function has no MSI-X capability");
  }
}
