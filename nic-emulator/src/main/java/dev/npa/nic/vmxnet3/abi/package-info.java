// SPDX-License-Identifier: MIT

/// The vmxnet3 interface between guest and hypervisor: registers, commands, shared memory. Numbers
/// only; both sides use them, neither's code is here.
///
/// Version 1 of the device, plus NPA's commands and the hand-over block
/// ([dev.npa.nic.vmxnet3.abi.PluginConf]). Source: VMware's vmxnet3 headers and QEMU's device.
package dev.npa.nic.vmxnet3.abi;
