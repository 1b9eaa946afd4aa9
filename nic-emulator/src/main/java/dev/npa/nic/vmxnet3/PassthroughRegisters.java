// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import dev.npa.nic.pci.RegisterFile;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Registers;

/// BAR 0: interrupt masks, which act at once, and doorbells, which are memory. The device finds
/// work by generation bits, so a doorbell's value is not looked at: it wakes the device.
final class PassthroughRegisters implements RegisterFile {
  static final int MAX_TX_QUEUES = 8;
  static final int MAX_RX_QUEUES = 16;

  private static final int SPACING = 8;

  private final InterruptState interrupts;

  PassthroughRegisters(InterruptState interrupts) {
    this.interrupts = interrupts;
  }

  @Override
  public Kind kind(int offset) {
    boolean doorbell =
        isIn(offset, Vmxnet3Registers.TXPROD, MAX_TX_QUEUES)
            || isIn(offset, Vmxnet3Registers.RXPROD, MAX_RX_QUEUES)
            || isIn(offset, Vmxnet3Registers.RXPROD2, MAX_RX_QUEUES);
    return doorbell ? Kind.DOORBELL : Kind.DIRECT;
  }

  @Override
  public int read32(int offset) {
    return isMask(offset) && interrupts.isMasked(offset / SPACING) ? 1 : 0;
  }

  @Override
  public void write32(int offset, int value) {
    if (isMask(offset)) {
      interrupts.mask(offset / SPACING, (value & 1) != 0);
    }
  }

  private static boolean isMask(int offset) {
    return isIn(offset, Vmxnet3Registers.IMR, Vmxnet3Registers.VECTORS);
  }

  private static boolean isIn(int offset, int first, int count) {
    return offset % SPACING == 0 && offset >= first && offset < first + SPACING * count;
  }
}
