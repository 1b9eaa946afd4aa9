// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import dev.npa.nic.pci.ConfigSpace;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Registers;

/// The configuration space of the device.
///
/// ```
/// 00 07B0 15AD | 04 status, command | 08 class 020000, revision 01
/// 10 BAR 0 4 KiB | 14 BAR 1 4 KiB | 18 BAR 2 8 KiB | 20 BAR 4 64 KiB
/// 2C 07B0 15AD | 34 40 | 3C pin A
/// 40 power management -> 48 PCI Express endpoint -> 9C MSI-X, 25 vectors
/// ```
///
/// Left out: MSI (a driver has MSI-X), extended capabilities.
final class PciIdentity {
  static final int MSIX_CONTROL = 0x9E;
  static final int MSIX_ENABLE = 1 << 15;
  static final int MSIX_MASK_ALL = 1 << 14;
  static final int REVISION = 1;

  private static final int POWER_MANAGEMENT = 0x40;
  private static final int PCI_EXPRESS = 0x48;
  private static final int MSIX = 0x9C;

  private PciIdentity() {}

  static ConfigSpace configSpace() {
    ConfigSpace config = new ConfigSpace();
    int id = Vmxnet3Registers.DEVICE_ID << 16 | Vmxnet3Registers.VENDOR_ID;
    config.set(0x00, 4, id);
    config.setWritable(ConfigSpace.COMMAND, 2, 0x0546); // INTx off, SERR, parity, master, memory
    config.set(0x06, 2, 0x0010); // capability list
    config.set(0x08, 4, 0x020000 << 8 | REVISION);
    config.setWritable(0x0C, 1, 0xFF); // cache line size
    bar(config, Vmxnet3Registers.BAR_PASSTHROUGH, Vmxnet3Registers.BAR_BYTES);
    bar(config, Vmxnet3Registers.BAR_VIRTUAL_DEVICE, Vmxnet3Registers.BAR_BYTES);
    bar(config, Vmxnet3Registers.BAR_MSIX, Vmxnet3Registers.MSIX_BAR_BYTES);
    bar(config, Vmxnet3Registers.BAR_VF_WINDOW, Vmxnet3Registers.VF_WINDOW_BYTES);
    config.set(0x2C, 4, id);
    config.set(0x34, 1, POWER_MANAGEMENT);
    config.setWritable(0x3C, 1, 0xFF); // interrupt line
    config.set(0x3D, 1, 1); // pin A
    powerManagement(config);
    pciExpress(config);
    msiX(config);
    return config;
  }

  /// The writable bits of a BAR are its size (PCI Local Bus 3.0, 6.2.5.1).
  private static void bar(ConfigSpace config, int index, int sizeBytes) {
    config.setWritable(0x10 + 4 * index, 4, -sizeBytes);
  }

  /// PCI Power Management 1.2, 3.2: version 3, D0 and D3 only, no PME.
  private static void powerManagement(ConfigSpace config) {
    config.set(POWER_MANAGEMENT, 2, PCI_EXPRESS << 8 | 0x01);
    config.set(POWER_MANAGEMENT + 2, 2, 0x0003);
    config.set(POWER_MANAGEMENT + 4, 2, 0x0008); // no soft reset on D3 to D0
    config.setWritable(POWER_MANAGEMENT + 4, 2, 0x0003);
  }

  /// PCI Express Base 2.0, 7.8: version 2 endpoint, role-based errors, 2.5 GT/s, one lane.
  private static void pciExpress(ConfigSpace config) {
    config.set(PCI_EXPRESS, 2, MSIX << 8 | 0x10);
    config.set(PCI_EXPRESS + 0x02, 2, 0x0002);
    config.set(PCI_EXPRESS + 0x04, 4, 0x8000);
    config.setWritable(PCI_EXPRESS + 0x08, 2, 0x7FFF);
    config.set(PCI_EXPRESS + 0x0C, 4, 0x0011);
    config.setWritable(PCI_EXPRESS + 0x10, 2, 0x0043);
    config.set(PCI_EXPRESS + 0x12, 2, 0x0011);
  }

  /// PCI Local Bus 3.0, 6.8.2.
  private static void msiX(ConfigSpace config) {
    config.set(MSIX, 2, 0x11);
    config.set(MSIX_CONTROL, 2, Vmxnet3Registers.VECTORS - 1);
    config.setWritable(MSIX_CONTROL, 2, MSIX_ENABLE | MSIX_MASK_ALL);
    config.set(MSIX + 4, 4, Vmxnet3Registers.BAR_MSIX);
    config.set(MSIX + 8, 4, Vmxnet3Registers.MSIX_PBA_OFFSET | Vmxnet3Registers.BAR_MSIX);
  }
}
