// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

/// A transmit queue's registers (82576 data sheet, 8.12.8 to 8.12.17), without TDT, which is a
/// doorbell.
///
/// Base, length and head write-back take effect when the queue is enabled. TDH can be written while
/// the queue is disabled. Disabling finishes what the tail last rung covers.
final class TxQueueRegisters {
  private static final int BLOCK_BYTES = 0x40;
  private static final int TXCTL_RESET = 0x2A00;
  private static final int TXDCTL_MASK = 0x0A1F_1F1F;
  private static final int HEAD_WRITE_BACK_ENABLE = 1;
  private static final int HEAD_WRITE_BACK_ADDRESS = ~3;

  private final Pool pool;
  private final RegisterTable table = new RegisterTable(BLOCK_BYTES);

  TxQueueRegisters(Pool pool) {
    this.pool = pool;
    table.define(I82576Registers.TDBAL, 0xFFFF_FF80, 0);
    table.define(I82576Registers.TDBAH, -1, 0);
    table.define(I82576Registers.TDLEN, 0x000F_FFF0, 0);
    table.define(I82576Registers.TXCTL, -1, TXCTL_RESET);
    table.define(I82576Registers.TXDCTL, TXDCTL_MASK, 0);
    table.define(I82576Registers.TDWBAL, -1, 0);
    table.define(I82576Registers.TDWBAH, -1, 0);
  }

  int read(int register) {
    return register == I82576Registers.TDH ? pool.tx().head() : table.read(register);
  }

  void write(int register, int value) {
    table.write(register, value);
    if (register == I82576Registers.TDH && !pool.tx().isEnabled()) {
      pool.tx().setHead(value & 0xFFFF);
    } else if (register == I82576Registers.TXDCTL) {
      enable((value & I82576Registers.DCTL_ENABLE) != 0);
    }
  }

  /// Finishes what was rung, then clears TXDCTL.ENABLE.
  void disable() {
    write(
        I82576Registers.TXDCTL, table.read(I82576Registers.TXDCTL) & ~I82576Registers.DCTL_ENABLE);
  }

  void reset() {
    pool.tx().stop();
    pool.tx().setHead(0);
    pool.tx().resetDoorbell();
    table.reset();
  }

  private void enable(boolean on) {
    TxRing ring = pool.tx();
    if (!on) {
      pool.drain();
      ring.stop();
    } else if (!ring.isEnabled()) {
      int low = table.read(I82576Registers.TDWBAL);
      ring.headWriteBack(
          (low & HEAD_WRITE_BACK_ENABLE) != 0,
          address(low & HEAD_WRITE_BACK_ADDRESS, I82576Registers.TDWBAH));
      ring.start(
          address(table.read(I82576Registers.TDBAL), I82576Registers.TDBAH),
          table.read(I82576Registers.TDLEN) / TxDescriptor.BYTES);
    }
  }

  private long address(int low, int highRegister) {
    return Integer.toUnsignedLong(low) | (long) table.read(highRegister) << 32;
  }
}
