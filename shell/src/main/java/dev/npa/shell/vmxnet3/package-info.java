// SPDX-License-Identifier: MIT

/// The vmxnet3 device from the driver's side: control ([dev.npa.shell.vmxnet3.Vmxnet3Control]) and
/// the built-in data path ([dev.npa.shell.vmxnet3.Vmxnet3Plugin]).
///
/// The plugin and its three ring classes use the plugin contract alone and pass the bytecode gate.
package dev.npa.shell.vmxnet3;
