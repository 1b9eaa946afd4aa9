// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

/// A tag that the device puts on what the guest sends and takes from what it receives.
///
/// @param id 1 to 4094
/// @param priority 0 to 7
public record DefaultVlan(int id, int priority) {
  public DefaultVlan {
    if (id < 1 || id > 4094 || priority < 0 || priority > 7) {
      throw new IllegalArgumentException("VLAN id " + id + ", priority " + priority);
    }
  }
}
