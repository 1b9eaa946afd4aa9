// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

/// Whether the function may perform DMA: the bit of the Command register, which the driver's thread
/// sets and the device looks at before each burst.
final class BusMaster {
  private volatile boolean enabled;

  BusMaster() {}

  void enable(boolean on) {
    enabled = on;
  }

  boolean isEnabled() {
    return enabled;
  }
}
