// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import dev.npa.nic.pci.MsiX;
import dev.npa.nic.pci.RegisterFile.Kind;

/// A VF's BAR0 (82576 data sheet, 8.28), as far as it runs on the device thread. Interrupt masks
/// act at once on the guest's thread ([AssignedRegisters]), tails are doorbells.
///
/// A tail reads back as written, 32 bits, of which the device uses 16. Queue 1 is not implemented.
/// VTEITR and PSRTYPE are stored without effect.
final class VfRegisters {
  static final int BAR_BYTES = 16 << 10;
  static final int EITR_INTERVAL = 0x7FFC;

  private static final int VTCTRL_ALIAS = 0x0004;
  private static final int IVAR_MASK = 0x8383_8383;
  private static final int IVAR_RESET = 0x0A0A_0A0A; // As seen on silicon: software must write all.
  private static final int PACKET_BUFFER_EMPTY = 1 << 3;
  private static final int WORDS_END = I82576Registers.VMBMEM + I82576Registers.VMBMEM_STRIDE;
  private static final int RX_END = I82576Registers.VF_RX_QUEUE + I82576Registers.QUEUE_STRIDE;
  private static final int TX_END = I82576Registers.VF_TX_QUEUE + I82576Registers.QUEUE_STRIDE;
  static final int RX_DOORBELL = I82576Registers.VF_RX_QUEUE + I82576Registers.RDT;
  static final int TX_DOORBELL = I82576Registers.VF_TX_QUEUE + I82576Registers.TDT;

  private final Pool pool;
  private final Mailboxes mailboxes;
  private final MsiX msiX;
  private final PfRegisters pf;
  private final RegisterTable table = new RegisterTable(BAR_BYTES);
  private VfInterrupts interrupts;

  VfRegisters(Pool pool, VfInterrupts interrupts, Mailboxes mailboxes, MsiX msiX, PfRegisters pf) {
    this.pool = pool;
    this.interrupts = interrupts;
    this.mailboxes = mailboxes;
    this.msiX = msiX;
    this.pf = pf;
    table.define(I82576Registers.PSRTYPE, -1, 0);
    table.define(I82576Registers.VTIVAR, IVAR_MASK, IVAR_RESET);
    table.define(I82576Registers.VTIVAR_MISC, 0x83, 0);
    table.defineArray(I82576Registers.VTEITR, VfInterrupts.VECTORS, 4, EITR_INTERVAL, 0);
  }

  /// The VF was given to a guest, or taken from one.
  void assign(VfInterrupts newInterrupts) {
    interrupts = newInterrupts;
  }

  static Kind kind(int offset) {
    return switch (offset) {
      case RX_DOORBELL, TX_DOORBELL -> Kind.DOORBELL;
      case I82576Registers.VTEICS,
          I82576Registers.VTEIMS,
          I82576Registers.VTEIMC,
          I82576Registers.VTEIAC,
          I82576Registers.VTEIAM,
          I82576Registers.VTEICR ->
          Kind.DIRECT;
      default -> Kind.SERIALIZED;
    };
  }

  int read32(int offset) {
    if (offset >= I82576Registers.VMBMEM && offset < WORDS_END) {
      return mailboxes.word(pool.index(), (offset - I82576Registers.VMBMEM) / 4);
    }
    if (offset >= I82576Registers.VF_RX_QUEUE && offset < RX_END) {
      return pool.rxRegisters().read(offset - I82576Registers.VF_RX_QUEUE);
    }
    if (offset >= I82576Registers.VF_TX_QUEUE && offset < TX_END) {
      return pool.txRegisters().read(offset - I82576Registers.VF_TX_QUEUE);
    }
    return switch (offset) {
      case I82576Registers.STATUS -> pf.status();
      case I82576Registers.VFMAILBOX -> mailboxes.readAsVf(pool.index());
      case I82576Registers.FRTIMER -> PfRegisters.microseconds();
      case I82576Registers.PBRWAC, I82576Registers.PBTWAC -> PACKET_BUFFER_EMPTY;
      default -> readStored(offset);
    };
  }

  private int readStored(int offset) {
    boolean counter = offset >= I82576Registers.VFGPRC && offset <= I82576Registers.VFGOTLBC;
    return counter ? pool.statistics().read(offset) : table.read(offset);
  }

  void write32(int offset, int value) {
    if (offset >= I82576Registers.VMBMEM && offset < WORDS_END) {
      mailboxes.setWord(pool.index(), (offset - I82576Registers.VMBMEM) / 4, value);
    } else if (offset >= I82576Registers.VF_RX_QUEUE && offset < RX_END) {
      pool.rxRegisters().write(offset - I82576Registers.VF_RX_QUEUE, value);
    } else if (offset >= I82576Registers.VF_TX_QUEUE && offset < TX_END) {
      pool.txRegisters().write(offset - I82576Registers.VF_TX_QUEUE, value);
    } else {
      writeOther(offset, value);
    }
  }

  private void writeOther(int offset, int value) {
    switch (offset) {
      case I82576Registers.VTCTRL, VTCTRL_ALIAS -> {
        if ((value & I82576Registers.CTRL_RST) != 0) {
          softwareReset();
        }
      }
      case I82576Registers.VFMAILBOX -> mailboxes.writeAsVf(pool.index(), value);
      case I82576Registers.PBACL -> clearPending(value);
      default -> {
        table.write(offset, value);
        passVectors();
      }
    }
  }

  /// VTCTRL.RST and function-level reset (4.2.1.5): finishes what was rung, then resets the VF's
  /// registers and takes its right to send and receive away until the PF gives it anew.
  void softwareReset() {
    pool.rxRegisters().disable();
    pool.txRegisters().disable();
    pool.reset();
    reset();
    pf.revoke(pool.index());
    mailboxes.vfWasReset(pool.index());
  }

  /// The registers as after power-on, without the queues' and the mailbox.
  void reset() {
    interrupts.reset();
    table.reset();
    passVectors();
  }

  private void passVectors() {
    interrupts.vectors(table.read(I82576Registers.VTIVAR), table.read(I82576Registers.VTIVAR_MISC));
  }

  private void clearPending(int vectors) {
    for (int v = 0; v < VfInterrupts.VECTORS; v++) {
      if ((vectors >>> v & 1) != 0) {
        msiX.clearPending(v);
      }
    }
  }
}
