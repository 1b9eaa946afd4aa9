// SPDX-License-Identifier: MIT

/// The vmxnet3 device, version 1, as a hypervisor emulates it.
///
/// The device moves frames between the guest's rings and the virtual switch and traps control; what
/// control means is decided behind [dev.npa.nic.vmxnet3.Vmxnet3Host].
package dev.npa.nic.vmxnet3;
