// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.vswitch;

/// What a port does with a frame for its guest.
public enum PortState {
  /// The guest's device is not active: dropped.
  DOWN,
  /// To the emulated device; behind the backlog while that is not empty.
  EMULATED,
  /// Into the backlog: the guest has lost its virtual function and is not back in emulation yet.
  HOLDING,
  /// The guest's addresses are filters of a virtual function; what still comes here is dropped.
  PASSTHROUGH
}
