// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import dev.npa.nic.memory.IommuDomain;
import dev.npa.nic.pci.ConfigSpace;

/// In whose name a queue performs DMA: the IOMMU domain of a function, and whether its command
/// register lets it be a bus master. Device thread only.
final class BusMaster {
  private final ConfigSpace config;
  private IommuDomain domain;
  private boolean enabled;

  BusMaster(ConfigSpace config, IommuDomain domain) {
    this.config = config;
    this.domain = domain;
  }

  /// The command register may have changed.
  void configWritten() {
    enabled = config.busMaster();
  }

  void translateThrough(IommuDomain newDomain) {
    domain = newDomain;
  }

  IommuDomain domain() {
    return domain;
  }

  boolean enabled() {
    return enabled;
  }
}
