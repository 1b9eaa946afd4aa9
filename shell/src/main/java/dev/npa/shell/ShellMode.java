// SPDX-License-Identifier: MIT
package dev.npa.shell;

/// Which way a shell's frames go.
public enum ShellMode {
  /// Through the emulated vmxnet3 device.
  EMULATED,
  /// Through the emulated device; a plugin is on offer and under examination.
  VERIFYING,
  /// Sending is held; the emulated device finishes what it has.
  SWITCHING,
  /// Through a vendor's plugin and a virtual function.
  PASSTHROUGH
}
