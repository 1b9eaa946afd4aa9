// SPDX-License-Identifier: MIT
package dev.npa.hypervisor;

import dev.npa.nic.vmxnet3.abi.PluginConf;

/// What the shell said about a plugin, `PluginConf.STATUS_*`.
public enum PluginStatus {
  /// Nothing yet, or nothing that can be understood.
  NONE,
  /// It passed the shell's gate.
  ACCEPTED,
  /// The shell's gate refused it.
  REFUSED,
  /// It declined the device, or a ring could not be set up.
  DECLINED,
  /// It broke the contract while it ran.
  FAULTED;

  /// The guest writes the value: any int.
  static PluginStatus of(int value) {
    return switch (value) {
      case PluginConf.STATUS_ACCEPTED -> ACCEPTED;
      case PluginConf.STATUS_REFUSED -> REFUSED;
      case PluginConf.STATUS_DECLINED -> DECLINED;
      case PluginConf.STATUS_FAULTED -> FAULTED;
      default -> NONE;
    };
  }
}
