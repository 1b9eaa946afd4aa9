// SPDX-License-Identifier: GPL-2.0-or-later
package org.kawela.vf;

/// Registers of an 82576 virtual function that its data path writes (chapter 8), one queue pair.
final class KawelaRegisters {
  // Interrupts.

  /// Extended Interrupt Mask Set: a bit set here enables the vector.
  static final int VTEIMS = 0x1524;

  /// Extended Interrupt Mask Clear: a bit set here disables the vector.
  static final int VTEIMC = 0x1528;

  /// Auto Clear: the cause is cleared as its message is sent, so nobody has to read VTEICR.
  static final int VTEIAC = 0x152C;

  /// Auto Mask: the vector is disabled as its message is sent.
  static final int VTEIAM = 0x1530;

  /// Interrupt vector allocation: byte 0 receive queue 0, byte 1 transmit queue 0.
  static final int VTIVAR = 0x1700;

  /// [#VTIVAR]: both queues cause vector 0; bit 7 of each byte says that it is valid.
  static final int VTIVAR_QUEUE_PAIR_TO_VECTOR_0 = 0x8080;

  /// The bit of vector 0 in the mask registers.
  static final int QUEUE_PAIR_VECTOR_BIT = 1;

  /// Vectors of a function.
  static final int VECTORS = 3;

  // Receive queue 0.
  static final int RDBAL = 0x2800;
  static final int RDBAH = 0x2804;

  /// Length of the ring in bytes, a multiple of 128.
  static final int RDLEN = 0x2808;

  static final int SRRCTL = 0x280C;

  /// Tail: the device owns the descriptors from its head up to here, excluded.
  static final int RDT = 0x2818;

  static final int RXDCTL = 0x2828;

  /// [#SRRCTL]: drop when the ring is empty (31), advanced descriptors with one buffer (27:25 = 1),
  /// buffers of 2 KiB (6:0 = 2).
  static final int SRRCTL_DROP_ADVANCED_2K = 0x8200_0002;

  /// [#RXDCTL]: enable (25), thresholds for write-back 1, host 8, prefetch 16. A function must use
  /// a write-back threshold of 1.
  static final int RXDCTL_ENABLE = 0x0201_0810;

  // Transmit queue 0.
  static final int TDBAL = 0x3800;
  static final int TDBAH = 0x3804;
  static final int TDLEN = 0x3808;
  static final int TDH = 0x3810;

  /// Cache hints; its reset value 0x2A00 has relaxed ordering of the write-back (bit 11) set.
  static final int DCA_TXCTRL = 0x3814;

  static final int TDT = 0x3818;
  static final int TXDCTL = 0x3828;

  /// [#DCA_TXCTRL] without relaxed ordering: "done" must not overtake the data.
  static final int DCA_TXCTRL_STRICT_WRITE_BACK = 0x2200;

  /// [#TXDCTL]: enable (25).
  static final int TXDCTL_ENABLE = 0x0200_0000;

  private KawelaRegisters() {}
}
