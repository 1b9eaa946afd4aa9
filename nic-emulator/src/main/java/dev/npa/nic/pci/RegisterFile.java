// SPDX-License-Identifier: MIT
package dev.npa.nic.pci;

/// The registers behind a BAR.
public interface RegisterFile {
  /// How an access reaches the device.
  enum Kind {
    /// Plain memory that the device polls: neither method below is called.
    DOORBELL,
    /// Called on the accessing thread, at once; the device makes it thread-safe.
    DIRECT,
    /// Called on the device thread; the accessing thread waits.
    SERIALIZED
  }

  /// @param offset a multiple of 4 inside the BAR; the answer never changes
  Kind kind(int offset);

  /// @param offset a multiple of 4 inside the BAR; a register that does not exist reads as 0
  int read32(int offset);

  /// @param offset a multiple of 4 inside the BAR; a write to a register that does not exist, or is
  ///   read-only, changes nothing
  void write32(int offset, int value);
}
