// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

/// A receive queue's registers (82576 data sheet, 8.10.5 to 8.10.13), without RDT, which is a
/// doorbell.
///
/// Base, length and SRRCTL take effect when the queue is enabled. RDH is read-only and returns to 0
/// when the queue is enabled.
final class RxQueueRegisters {
  private static final int BLOCK_BYTES = 0x40;
  private static final int SRRCTL_MASK = 0xCFF0_3F7F;
  private static final int SRRCTL_RESET = 0x400;
  private static final int DESCTYPE_MASK = 7 << 25;
  private static final int BSIZEPKT_MASK = 0x7F;
  private static final int RXDCTL_MASK = 0x021F_1F1F;
  private static final int RXDCTL_RESET = 0x0001_0000;

  private final RxRing ring;
  private final RegisterTable table = new RegisterTable(BLOCK_BYTES);
  private int defaultBufferBytes = 2048;

  RxQueueRegisters(RxRing ring) {
    this.ring = ring;
    table.define(I82576Registers.RDBAL, 0xFFFF_FF80, 0);
    table.define(I82576Registers.RDBAH, -1, 0);
    table.define(I82576Registers.RDLEN, 0x000F_FFF0, 0);
    table.define(I82576Registers.SRRCTL, SRRCTL_MASK, SRRCTL_RESET);
    table.define(I82576Registers.RXCTL, -1, 0);
    table.define(I82576Registers.RXDCTL, RXDCTL_MASK, RXDCTL_RESET);
  }

  int read(int register) {
    return switch (register) {
      case I82576Registers.RDH -> ring.head();
      case I82576Registers.RQDPC -> ring.takeDropped();
      default -> table.read(register);
    };
  }

  void write(int register, int value) {
    table.write(register, value);
    if (register == I82576Registers.RXDCTL) {
      enable((value & I82576Registers.DCTL_ENABLE) != 0);
    }
  }

  /// RCTL.BSIZE, for a queue whose SRRCTL does not say.
  void defaultBufferBytes(int bytes) {
    defaultBufferBytes = bytes;
  }

  boolean dropEnabled() {
    return (table.read(I82576Registers.SRRCTL) & I82576Registers.SRRCTL_DROP_EN) != 0;
  }

  /// Clears RXDCTL.ENABLE.
  void disable() {
    write(
        I82576Registers.RXDCTL, table.read(I82576Registers.RXDCTL) & ~I82576Registers.DCTL_ENABLE);
  }

  void reset() {
    ring.stop();
    ring.resetDoorbell();
    table.reset();
  }

  private void enable(boolean on) {
    if (!on) {
      ring.stop();
    } else if (!ring.isEnabled()) {
      int srrctl = table.read(I82576Registers.SRRCTL);
      int kilobytes = srrctl & BSIZEPKT_MASK;
      ring.buffers(
          kilobytes == 0 ? defaultBufferBytes : kilobytes << 10, (srrctl & DESCTYPE_MASK) == 0);
      ring.start(
          Integer.toUnsignedLong(table.read(I82576Registers.RDBAL))
              | (long) table.read(I82576Registers.RDBAH) << 32,
          table.read(I82576Registers.RDLEN) / RxDescriptor.BYTES);
    }
  }
}
