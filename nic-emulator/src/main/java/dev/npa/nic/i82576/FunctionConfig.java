// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import dev.npa.nic.pci.ConfigSpace;
import dev.npa.nic.pci.MsiX;
import dev.npa.nic.pci.SriovCapability;

/// Configuration spaces of the PF and the VFs (82576 data sheet, section 9).
///
/// ```
/// PF  40h power management -> 70h MSI-X -> A0h PCI Express; 100h AER -> 150h ARI -> 160h SR-IOV
/// VF                          70h MSI-X -> A0h PCI Express; 100h AER -> 150h ARI
/// ```
///
/// A VF reads FFFFh as vendor and device; its device id is in the PF's SR-IOV capability. Of a VF's
/// command register only bus master exists. BARs hold addresses without effect: what is mapped is
/// mapped by [dev.npa.nic.pci.PciFunction].
final class FunctionConfig {
  static final int SRIOV = 0x160;
  static final int VF_DEVICE_ID = 0x10CA;
  static final int FIRST_VF_OFFSET = 0x80;
  static final int VF_STRIDE = 2;

  /// Pool 7 is the PF's, as with the vendor's own driver, so seven VFs remain of the device's
  /// eight.
  static final int TOTAL_VFS = 7;

  private static final int STATUS = 0x06;
  private static final int STATUS_CAPABILITIES = 1 << 4;
  private static final int CLASS_REVISION = 0x08;
  private static final int ETHERNET_CONTROLLER_REVISION_1 = 0x0200_0001;
  private static final int BAR0 = 0x10;
  private static final int BAR3 = 0x1C;
  private static final int CAPABILITIES = 0x34;
  private static final int POWER_MANAGEMENT = 0x40;
  private static final int MSIX = 0x70;
  private static final int MSIX_CONTROL = MSIX + 2;
  private static final int MSIX_ENABLE = 1 << 15;
  private static final int MSIX_MASK_ALL = 1 << 14;
  private static final int MSIX_BAR = 3;
  private static final int EXPRESS = 0xA0;
  private static final int EXPRESS_CAPABILITIES = EXPRESS + 4;
  private static final int EXPRESS_CONTROL = EXPRESS + 8;
  private static final int FLR_CAPABLE = 1 << 28;
  private static final int INITIATE_FLR = 1 << 15;
  private static final int PREFETCHABLE_64_BIT = 0xC;
  private static final int PAGE_SIZES = 0x553;

  /// Where in BAR3 the MSI-X pending bits are.
  static final int PENDING_BITS = 0x2000;

  static final int MSIX_BAR_BYTES = 16 << 10;

  private FunctionConfig() {}

  static ConfigSpace physical() {
    ConfigSpace config = common(PfInterrupts.VECTORS);
    config.set(ConfigSpace.VENDOR_ID, 2, 0x8086);
    config.set(ConfigSpace.DEVICE_ID, 2, 0x10C9);
    config.setWritable(
        ConfigSpace.COMMAND, 2, ConfigSpace.COMMAND_MEMORY | ConfigSpace.COMMAND_BUS_MASTER);
    config.setWritable(BAR0, 4, -PfRegisterMap.BAR_BYTES);
    config.setWritable(BAR3, 4, -MSIX_BAR_BYTES);
    config.set(CAPABILITIES, 1, POWER_MANAGEMENT);
    config.set(POWER_MANAGEMENT, 2, 0x01 | MSIX << 8);
    extended(config, 0x150, 0x000E, SRIOV);
    extended(config, SRIOV, SriovCapability.ID, 0);
    config.set(SRIOV + SriovCapability.INITIAL_VFS, 2, TOTAL_VFS);
    config.set(SRIOV + SriovCapability.TOTAL_VFS, 2, TOTAL_VFS);
    config.set(SRIOV + SriovCapability.FIRST_VF_OFFSET, 2, FIRST_VF_OFFSET);
    config.set(SRIOV + SriovCapability.VF_STRIDE, 2, VF_STRIDE);
    config.set(SRIOV + SriovCapability.VF_DEVICE_ID, 2, VF_DEVICE_ID);
    config.set(SRIOV + SriovCapability.SUPPORTED_PAGE_SIZES, 4, PAGE_SIZES);
    config.set(SRIOV + SriovCapability.SYSTEM_PAGE_SIZE, 4, 1);
    config.setWritable(SRIOV + SriovCapability.SYSTEM_PAGE_SIZE, 4, PAGE_SIZES);
    config.setWritable(
        SRIOV + SriovCapability.CONTROL,
        2,
        SriovCapability.CONTROL_VF_ENABLE
            | SriovCapability.CONTROL_VF_MEMORY_SPACE
            | SriovCapability.CONTROL_ARI);
    config.setWritable(SRIOV + SriovCapability.NUM_VFS, 2, 0xFFFF);
    vfBar(config, 0, VfRegisters.BAR_BYTES);
    vfBar(config, 3, MSIX_BAR_BYTES);
    return config;
  }

  static ConfigSpace virtual() {
    ConfigSpace config = common(VfInterrupts.VECTORS);
    config.set(ConfigSpace.VENDOR_ID, 4, -1);
    config.setWritable(ConfigSpace.COMMAND, 2, ConfigSpace.COMMAND_BUS_MASTER);
    config.set(CAPABILITIES, 1, MSIX);
    extended(config, 0x150, 0x000E, 0);
    return config;
  }

  /// Passes the MSI-X Message Control word on.
  static void passMsiXControl(ConfigSpace config, MsiX msiX) {
    int control = config.read(MSIX_CONTROL, 2);
    msiX.control((control & MSIX_ENABLE) != 0, (control & MSIX_MASK_ALL) != 0);
  }

  /// Whether software has just asked for a function-level reset; clears the request.
  static boolean takeFunctionLevelReset(ConfigSpace config) {
    int control = config.read(EXPRESS_CONTROL, 2);
    config.set(EXPRESS_CONTROL, 2, control & ~INITIATE_FLR);
    return (control & INITIATE_FLR) != 0;
  }

  /// Clears what a function-level reset clears in the configuration space.
  static void reset(ConfigSpace config) {
    config.set(ConfigSpace.COMMAND, 2, 0);
    config.set(MSIX_CONTROL, 2, config.read(MSIX_CONTROL, 2) & ~(MSIX_ENABLE | MSIX_MASK_ALL));
  }

  private static ConfigSpace common(int vectors) {
    ConfigSpace config = new ConfigSpace();
    config.set(STATUS, 2, STATUS_CAPABILITIES);
    config.set(CLASS_REVISION, 4, ETHERNET_CONTROLLER_REVISION_1);
    config.set(MSIX, 2, 0x11 | EXPRESS << 8);
    config.set(MSIX_CONTROL, 2, vectors - 1);
    config.setWritable(MSIX_CONTROL, 2, MSIX_ENABLE | MSIX_MASK_ALL);
    config.set(MSIX + 4, 4, MSIX_BAR);
    config.set(MSIX + 8, 4, PENDING_BITS | MSIX_BAR);
    config.set(EXPRESS, 4, 0x0002_0010);
    config.set(EXPRESS_CAPABILITIES, 4, FLR_CAPABLE);
    config.setWritable(EXPRESS_CONTROL, 2, INITIATE_FLR);
    extended(config, 0x100, 0x0001, 0x150);
    return config;
  }

  private static void extended(ConfigSpace config, int offset, int id, int next) {
    config.set(offset, 4, id | 1 << 16 | next << 20);
  }

  private static void vfBar(ConfigSpace config, int index, int sizeBytes) {
    int offset = SRIOV + SriovCapability.VF_BAR0 + 4 * index;
    config.set(offset, 4, PREFETCHABLE_64_BIT);
    config.setWritable(offset, 4, -sizeBytes);
    config.setWritable(offset + 4, 4, -1);
  }
}
