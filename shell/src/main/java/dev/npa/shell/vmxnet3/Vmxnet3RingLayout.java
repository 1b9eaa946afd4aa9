// SPDX-License-Identifier: MIT
package dev.npa.shell.vmxnet3;

/// Where [Vmxnet3Plugin] puts its rings inside the memory of a queue pair; `n` = ring size.
///
/// ```
/// transmit queue   0 command ring n * 16 | 16n completion ring n * 16
/// receive queue    0 ring 0 n * 16 | 16n ring 1 n * 16 | 32n completion ring 2n * 16
/// ```
///
/// The plugin programs no base addresses: vmxnet3 takes them from the queue descriptors, which the
/// shell's control code fills by the same formulas. As `n >= 64`, each ring starts on the multiple
/// of 512 that the device asks for.
final class Vmxnet3RingLayout {
  static final int DESCRIPTOR_BYTES = 16;

  /// Transmit: offset of the completion ring, times `n`.
  static final int TX_COMP_PER_SLOT = 16;

  /// Receive: offset of ring 1, times `n`.
  static final int RX_RING1_PER_SLOT = 16;

  /// Receive: offset of the completion ring, times `n`.
  static final int RX_COMP_PER_SLOT = 32;

  /// Receive: completion entries per slot of one ring.
  static final int RX_COMP_ENTRIES_PER_SLOT = 2;

  private Vmxnet3RingLayout() {}
}
