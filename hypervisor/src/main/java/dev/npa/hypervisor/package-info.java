// SPDX-License-Identifier: MIT

/// The hypervisor of one host with one 82576: virtual machines, their policy, the life cycle of
/// virtual functions, plugins.
///
/// Entry type [dev.npa.hypervisor.Hypervisor]. Reading order: `vswitch` (emulated guests), `pf`
/// (NPA's PF operations), then here [dev.npa.hypervisor.GuestControl] (what a guest may ask for)
/// and [dev.npa.hypervisor.VfLifeCycle] (how a function comes and goes). All state belongs to the
/// device thread. Nothing here ever calls the shell: they meet at the vmxnet3 device.
package dev.npa.hypervisor;
