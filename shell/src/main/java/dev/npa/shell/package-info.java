// SPDX-License-Identifier: MIT

/// The guest's driver. Entry type [dev.npa.shell.Shell]; reading order: `guest` (what it runs on),
/// `vmxnet3` (the device), `datapath` (frames and buffers), `region` (how vendor code is loaded),
/// then [dev.npa.shell.Shell] and the mode switch here.
///
/// Invariants:
/// - Everything but the verification of a package runs on the vCPU thread.
/// - A frame that the stack handed over with [dev.npa.shell.Shell#send] is sent by whatever path is
///   in use, in order, or waits; it is never dropped.
/// - Whatever goes wrong with a plugin, the guest ends up in emulated mode, connected.
package dev.npa.shell;
