// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import dev.npa.nic.pci.RegisterFile;

/// A VF's registers as one assignment's BAR0 reaches them: the interrupt registers, which act on
/// the guest's own thread, are this assignment's; all else runs on the device thread, where a BAR
/// that was taken away reaches nothing.
record AssignedRegisters(VfRegisters registers, VfInterrupts interrupts) implements RegisterFile {
  @Override
  public Kind kind(int offset) {
    return VfRegisters.kind(offset);
  }

  @Override
  public int read32(int offset) {
    return kind(offset) == Kind.DIRECT ? interrupts.read(offset) : registers.read32(offset);
  }

  @Override
  public void write32(int offset, int value) {
    if (kind(offset) == Kind.DIRECT) {
      interrupts.write(offset, value);
    } else {
      registers.write32(offset, value);
    }
  }
}
