// SPDX-License-Identifier: MIT
package dev.npa.hypervisor;

/// Where a virtual machine's frames go.
///
/// ```
/// INACTIVE --ACTIVATE_DEV--> EMULATED --attachVf--> OFFERED --LOAD_PLUGIN--> INJECTED
///                              ^  ^                    |                        | STOP_EMULATION
///                 ACTIVATE_DEV |  +---- withdrawn -----+------------------------+--> STOPPED
///                              |                                                       | ACTIVATE_VF
///                           HOLDING <----- detachVf, fault, VF reset ---------- PASSTHROUGH
/// ```
public enum VmMode {
  /// Nowhere: the guest has not activated its device.
  INACTIVE,
  /// Through the vmxnet3 device and the virtual switch.
  EMULATED,
  /// As [#EMULATED]; the guest has been told of a virtual function.
  OFFERED,
  /// As [#EMULATED]; the plugin is in the guest's memory, the function mapped but disabled.
  INJECTED,
  /// To the guest as [#EMULATED]; from the guest nothing until the switch-over is done.
  STOPPED,
  /// Through the virtual function.
  PASSTHROUGH,
  /// Kept for the guest: the function is gone, emulation not active yet.
  HOLDING
}
