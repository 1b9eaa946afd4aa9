// SPDX-License-Identifier: MIT
package dev.npa.nic.pci;

/// A PCI function as its driver sees it.
public final class PciFunction {
  private static final int BARS = 6;

  private final ConfigSpace config;
  private final MsiX msiX;
  private final Bar[] bars = new Bar[BARS];

  public PciFunction(ConfigSpace config, MsiX msiX) {
    this.config = config;
    this.msiX = msiX;
  }

  public ConfigSpace config() {
    return config;
  }

  public MsiX msiX() {
    return msiX;
  }

  /// The BAR as it is mapped now. The hypervisor may map another one later; what was mapped before
  /// is then disconnected.
  ///
  /// @throws IllegalArgumentException if the function has no such BAR
  public synchronized Bar bar(int index) {
    if (index < 0 || index >= BARS || bars[index] == null) {
      throw new IllegalArgumentException("no BAR " + index);
    }
    return bars[index];
  }

  /// Device or hypervisor side: maps a BAR in place of the one before, which is disconnected.
  public synchronized void map(int index, Bar bar) {
    if (bars[index] != null) {
      bars[index].disconnect();
    }
    bars[index] = bar;
  }

  public int vendorId() {
    return config.read(ConfigSpace.VENDOR_ID, 2);
  }

  public int deviceId() {
    return config.read(ConfigSpace.DEVICE_ID, 2);
  }
}
