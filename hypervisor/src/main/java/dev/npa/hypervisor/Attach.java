// SPDX-License-Identifier: MIT
package dev.npa.hypervisor;

/// What became of an attempt to give a guest a virtual function.
public enum Attach {
  /// The guest has been told; the rest is up to its shell.
  OFFERED,
  /// The guest is not in plain emulated mode.
  WRONG_MODE,
  /// No virtual function is free, or none has what the guest uses.
  NO_FUNCTION,
  /// The store has no plugin for the function.
  NO_PLUGIN
}
