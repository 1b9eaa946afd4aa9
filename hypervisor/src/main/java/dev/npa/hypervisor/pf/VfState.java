// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

/// Life of a virtual function, as NPA's PF drivers keep it.
public enum VfState {
  /// Nobody's.
  FREE,
  /// Reserved for a guest; still disabled.
  ACQUIRED,
  /// Initialised: filters can be set, and it can run.
  ENABLED,
  /// Was enabled and has been reset by its user; can only be released.
  RESET
}
