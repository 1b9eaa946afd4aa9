// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import dev.npa.nic.pci.MsiX;
import java.util.Arrays;

/// The PF's interrupt causes (82576 data sheet, 7.3 and 8.8). Device thread only.
///
/// With GPIE's multiple-MSI-X bit, queues and the other causes (ICR & IMS) have the vectors that
/// IVAR and IVAR_MISC give them, and EICR, EIMS, EIAC, EIAM work as for a VF, with 25 bits. Without
/// it there is one vector, 0, for whatever is in ICR & IMS. VFs' causes do not show in the PF's
/// EICR. EITR is stored only.
final class PfInterrupts implements QueueInterrupts {
  static final int VECTORS = 25;
  private static final int ALL = (1 << VECTORS) - 1;

  /// Causes that exist in the 82576 (the vendor's own interrupt test uses them all).
  private static final int CAUSES = 0x77D4_FBFD;

  private static final int VECTOR_MASK = 0x1F;
  private static final int OTHER_SHIFT = 8;
  private static final int GPIE_MASK = 0xC000_0011;

  private final MsiX msiX;
  private final int[] ivar = new int[8];
  private final int[] eitr = new int[VECTORS];
  private int ivarMisc;
  private int gpie;
  private int icr;
  private int ims;
  private int eicr;
  private int eims;
  private int eiac;
  private int eiam;
  private volatile boolean autoMasks; // Read by guests' threads.

  PfInterrupts(MsiX msiX) {
    this.msiX = msiX;
  }

  /// GPIE.EIAME.
  boolean autoMasks() {
    return autoMasks;
  }

  @Override
  public void queueCause(int pool, boolean received, boolean transmitted) {
    if (multiple()) {
      int entry = ivar[pool];
      raise((received ? vector(entry) : 0) | (transmitted ? vector(entry >>> 8) : 0));
    } else {
      other(
          (received ? I82576Registers.ICR_RXDW : 0) | (transmitted ? I82576Registers.ICR_TXDW : 0));
    }
  }

  /// Sets causes in ICR.
  void other(int causes) {
    settleOther(icr | causes & CAUSES, ims);
  }

  void reset() {
    Arrays.fill(ivar, 0);
    Arrays.fill(eitr, 0);
    ivarMisc = 0;
    gpie = 0;
    autoMasks = false;
    icr = 0;
    ims = 0;
    eicr = 0;
    eims = 0;
    eiac = 0;
    eiam = 0;
  }

  static boolean has(int offset) {
    return offset >= I82576Registers.ICR && offset <= I82576Registers.IVAR_MISC;
  }

  int read(int offset) {
    if (offset >= I82576Registers.IVAR && offset < I82576Registers.IVAR + 4 * ivar.length) {
      return ivar[(offset - I82576Registers.IVAR) / 4];
    }
    if (offset >= I82576Registers.EITR && offset < I82576Registers.EITR + 4 * VECTORS) {
      return eitr[(offset - I82576Registers.EITR) / 4];
    }
    return switch (offset) {
      case I82576Registers.ICR -> take(icr, true);
      case I82576Registers.IMS -> ims;
      case I82576Registers.GPIE -> gpie;
      case I82576Registers.EIMS -> eims;
      case I82576Registers.EIAC -> eiac;
      case I82576Registers.EIAM -> eiam;
      case I82576Registers.EICR -> take(eicr, false);
      case I82576Registers.IVAR_MISC -> ivarMisc;
      default -> 0;
    };
  }

  private int take(int value, boolean other) {
    if (other) {
      icr = 0;
    } else {
      eicr = 0;
    }
    return value;
  }

  void write(int offset, int value) {
    if (offset >= I82576Registers.IVAR && offset < I82576Registers.IVAR + 4 * ivar.length) {
      ivar[(offset - I82576Registers.IVAR) / 4] = value & 0x9F9F_9F9F;
      return;
    }
    if (offset >= I82576Registers.EITR && offset < I82576Registers.EITR + 4 * VECTORS) {
      eitr[(offset - I82576Registers.EITR) / 4] = value & VfRegisters.EITR_INTERVAL;
      return;
    }
    switch (offset) {
      case I82576Registers.ICR -> icr &= ~value;
      case I82576Registers.ICS -> other(value);
      case I82576Registers.IMS -> settleOther(icr, ims | value & CAUSES);
      case I82576Registers.IMC -> ims &= ~value;
      case I82576Registers.GPIE -> {
        gpie = value & GPIE_MASK;
        autoMasks = (gpie & I82576Registers.GPIE_EIAME) != 0;
      }
      case I82576Registers.EICS -> raise(value & ALL);
      case I82576Registers.EIMS -> settle(eicr, eims | value & ALL);
      case I82576Registers.EIMC -> eims &= ~value;
      case I82576Registers.EIAC -> eiac = value & ALL;
      case I82576Registers.EIAM -> eiam = value & ALL;
      case I82576Registers.EICR -> eicr &= ~value;
      case I82576Registers.IVAR_MISC -> ivarMisc = value & 0x9F9F;
      default -> {
        // Nothing is there.
      }
    }
  }

  private boolean multiple() {
    return (gpie & I82576Registers.GPIE_MULTIPLE_MSIX) != 0;
  }

  private void settleOther(int newIcr, int newIms) {
    boolean rises = (newIcr & newIms & ~(icr & ims)) != 0;
    icr = newIcr;
    ims = newIms;
    if (rises && multiple()) {
      raise(vector(ivarMisc >>> OTHER_SHIFT));
    } else if (rises) {
      msiX.raise(0);
    }
  }

  private void raise(int vectors) {
    settle(eicr | vectors, eims);
  }

  private void settle(int newEicr, int newEims) {
    int fired = newEicr & newEims & ~(eicr & eims);
    eicr = newEicr & ~(fired & eiac);
    eims = autoMasks ? newEims & ~(fired & eiam) : newEims;
    for (int rest = fired; rest != 0; rest &= rest - 1) {
      msiX.raise(Integer.numberOfTrailingZeros(rest));
    }
  }

  private static int vector(int entry) {
    boolean valid = (entry & I82576Registers.IVAR_VALID) != 0;
    return valid ? 1 << (entry & VECTOR_MASK) & ALL : 0;
  }
}
