// SPDX-License-Identifier: MIT

/// The virtual switch between emulated guests and the physical function's uplink.
///
/// Entry type [dev.npa.hypervisor.vswitch.VirtualSwitch]. Everything here runs on the device
/// thread; frames are never kept anywhere but in a port's
/// [dev.npa.hypervisor.vswitch.FrameBacklog].
package dev.npa.hypervisor.vswitch;
