// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import java.util.Arrays;

/// The hardware of the mailboxes between the VFs and the PF (82576 data sheet, 7.10.2.9): 16 dwords
/// each, a lock that one side at a time may hold, and request, status and acknowledge signals.
///
/// ```
/// VF side  7 RSTD(RC)  6 RSTI  5 PFACK(RC)  4 PFSTS(RC)  3 PFU  2 VFU   1 ACK(WO)  0 REQ(WO)
/// PF side                                   4 RVFU(WO)   3 PFU  2 VFU   1 ACK(WO)  0 STS(WO)
/// ```
///
/// A write with the own lock bit takes the lock if the other side has not; one without gives it
/// back. The lock binds software only: the memory can be written without it.
final class Mailboxes {
  private static final int VFS = 7;
  private static final int WORDS = 16;
  private static final int ALL_VFS = 0xFF;
  private static final int READ_CLEAR =
      I82576Registers.VFMAILBOX_PFSTS
          | I82576Registers.VFMAILBOX_PFACK
          | I82576Registers.VFMAILBOX_RSTD;

  private final PfInterrupts pfInterrupts;
  private final int[][] memory = new int[VFS][WORDS];
  private final int[] flags = new int[VFS]; // As the VF reads them.
  private int causes; // MBVFICR
  private int causeMask; // MBVFIMR
  private int resets; // VFLRE

  Mailboxes(PfInterrupts pfInterrupts) {
    this.pfInterrupts = pfInterrupts;
    reset();
  }

  /// The PF is in reset: memory is cleared, VFs read RSTI until [#resetDone].
  void reset() {
    for (int vf = 0; vf < VFS; vf++) {
      Arrays.fill(memory[vf], 0);
      flags[vf] = I82576Registers.VFMAILBOX_RSTI;
    }
    causes = 0;
    causeMask = ALL_VFS;
    resets = 0;
  }

  /// The PF driver set CTRL_EXT.PFRSTD.
  void resetDone() {
    for (int vf = 0; vf < VFS; vf++) {
      flags[vf] = flags[vf] & ~I82576Registers.VFMAILBOX_RSTI | I82576Registers.VFMAILBOX_RSTD;
    }
  }

  /// A VF was reset: VFLRE, and the PF is told.
  void vfWasReset(int vf) {
    resets |= 1 << vf;
    flags[vf] &= ~I82576Registers.VFMAILBOX_VFU;
    pfInterrupts.other(I82576Registers.ICR_VMMB);
  }

  static boolean hasVf(int vf) {
    return vf >= 0 && vf < VFS;
  }

  int word(int vf, int index) {
    return memory[vf][index];
  }

  void setWord(int vf, int index, int value) {
    memory[vf][index] = value;
  }

  /// VFMAILBOX.
  int readAsVf(int vf) {
    int value = flags[vf];
    flags[vf] &= ~READ_CLEAR;
    return value;
  }

  /// VFMAILBOX.
  void writeAsVf(int vf, int value) {
    lock(vf, value, I82576Registers.VFMAILBOX_VFU, I82576Registers.VFMAILBOX_PFU);
    int caused = 0;
    if ((value & I82576Registers.VFMAILBOX_REQ) != 0) {
      caused |= 1 << vf;
    }
    if ((value & I82576Registers.VFMAILBOX_ACK) != 0) {
      caused |= 1 << I82576Registers.MBVFICR_ACK_SHIFT + vf;
    }
    causes |= caused;
    if (caused != 0 && (causeMask >>> vf & 1) != 0) {
      pfInterrupts.other(I82576Registers.ICR_VMMB);
    }
  }

  /// P2VMAILBOX.
  int readAsPf(int vf) {
    return flags[vf] & (I82576Registers.P2VMAILBOX_VFU | I82576Registers.P2VMAILBOX_PFU);
  }

  /// P2VMAILBOX.
  ///
  /// @return whether the VF is to be interrupted
  boolean writeAsPf(int vf, int value) {
    if ((value & I82576Registers.P2VMAILBOX_RVFU) != 0) {
      flags[vf] &= ~I82576Registers.VFMAILBOX_VFU;
    }
    lock(vf, value, I82576Registers.P2VMAILBOX_PFU, I82576Registers.P2VMAILBOX_VFU);
    int signals = 0;
    if ((value & I82576Registers.P2VMAILBOX_STS) != 0) {
      signals |= I82576Registers.VFMAILBOX_PFSTS;
    }
    if ((value & I82576Registers.P2VMAILBOX_ACK) != 0) {
      signals |= I82576Registers.VFMAILBOX_PFACK;
    }
    flags[vf] |= signals;
    return signals != 0;
  }

  private void lock(int vf, int value, int own, int other) {
    if ((value & own) == 0) {
      flags[vf] &= ~own;
    } else if ((flags[vf] & other) == 0) {
      flags[vf] |= own;
    }
  }

  /// MBVFICR, MBVFIMR or VFLRE.
  int read(int offset) {
    return switch (offset) {
      case I82576Registers.MBVFICR -> causes;
      case I82576Registers.MBVFIMR -> causeMask;
      case I82576Registers.VFLRE -> resets;
      default -> throw new IllegalArgumentException("no mailbox register at " + offset);
    };
  }

  void write(int offset, int value) {
    switch (offset) {
      case I82576Registers.MBVFICR -> causes &= ~value;
      case I82576Registers.MBVFIMR -> causeMask = value & ALL_VFS;
      case I82576Registers.VFLRE -> resets &= ~value;
      default -> throw new IllegalArgumentException("no mailbox register at " + offset);
    }
  }
}
