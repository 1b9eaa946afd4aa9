// SPDX-License-Identifier: MIT
package dev.npa.plugin.host;

/// Where register writes go that are not plain memory.
public interface RegisterTrap {
  /// A write to a register with side effects.
  ///
  /// @param offset byte offset in the BAR, a multiple of 4
  void write32(int offset, int value);

  /// Called after each store to a doorbell register, which has already reached memory: wakes the
  /// device if it sleeps.
  void doorbellRung();
}
