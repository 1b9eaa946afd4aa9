// SPDX-License-Identifier: MIT
package dev.npa.hypervisor;

import java.time.Instant;

/// Something that an operator may want to know.
///
/// @param vm name of the virtual machine
public record HypervisorEvent(Instant at, String vm, Kind kind, String detail) {

  /// What happened.
  public enum Kind {
    VM_CREATED,
    VM_REMOVED,
    MODE_CHANGED,
    /// The shell gave a function back before it ran; the detail has the status it wrote.
    WITHDRAWN,
    /// A control operation was refused.
    REFUSED_BY_POLICY,
    /// A step of the switch-over failed; the guest stays in emulation.
    SWITCH_FAILED,
    /// The trust in force has come to refuse a plugin that a guest used or was offered; the
    /// function is free for another.
    PLUGIN_RECALLED,
    VF_QUARANTINED,
    VF_RELEASED
  }

  @Override
  public String toString() {
    return at + " " + vm + " " + kind + ": " + detail;
  }
}
