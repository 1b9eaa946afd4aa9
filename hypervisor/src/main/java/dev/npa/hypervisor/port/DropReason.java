// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.port;

/// Why a port dropped a frame.
public enum DropReason {
  /// From the guest: shorter than an Ethernet header with its tag.
  RUNT,
  /// From the guest: longer than any frame of the network.
  OVERSIZED,
  /// From the guest: the source address is not the port's, and policy forbids that.
  FORGED_SOURCE,
  /// From the guest: a VLAN that policy does not give to the port.
  VLAN,
  /// To the guest: the backlog is full.
  BACKLOG_FULL,
  /// To the guest: its device is not active.
  DOWN,
  /// To the guest: it came to the switch although a virtual function has its filter.
  PASSTHROUGH
}
