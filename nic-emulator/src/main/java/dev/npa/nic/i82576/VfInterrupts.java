// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import dev.npa.nic.pci.MessageTarget;
import dev.npa.nic.pci.MsiX;
import java.util.concurrent.atomic.AtomicInteger;

/// A VF's interrupt causes (82576 data sheet, 7.3 and 8.28): three, one per MSI-X vector.
///
/// ```
/// state   31..27   26:24   23..19   18:16   15..11   10:8   7..3   2:0
///           -      EIAM      -      EIAC      -      EIMS    -     EICR
/// ```
///
/// A message is sent when a bit of EICR & EIMS rises; then EIAC clears the bit in EICR and, if
/// GPIE.EIAME of the PF is set, EIAM clears it in EIMS. A cause that comes while its bit is masked
/// stays in EICR and fires when EIMS is set again. A message that MSI-X holds back counts as sent.
/// VTEITR is stored only: there is no moderation.
///
/// Guest and device change the state at the same time: one atomic word, no lock. So a guest's CPU
/// may still be inside a write when the VF is given to another guest: every assignment has an
/// object of its own, and its messages go to its own guest or nowhere.
final class VfInterrupts implements QueueInterrupts {
  static final int VECTORS = 3;
  private static final int ALL = (1 << VECTORS) - 1;
  private static final int EIMS_SHIFT = 8;
  private static final int EIAC_SHIFT = 16;
  private static final int EIAM_SHIFT = 24;
  private static final int VECTOR_MASK = 3;

  private final AtomicInteger state = new AtomicInteger();
  private final MsiX msiX;
  private final PfInterrupts pf;
  private final MessageTarget assigned;
  private int ivar; // Device thread only, as is the next.
  private int ivarMisc;

  /// @param assigned where the messages of this assignment go
  VfInterrupts(MsiX msiX, PfInterrupts pf, MessageTarget assigned) {
    this.msiX = msiX;
    this.pf = pf;
    this.assigned = assigned;
  }

  /// VTIVAR and VTIVAR_MISC.
  void vectors(int newIvar, int newIvarMisc) {
    ivar = newIvar;
    ivarMisc = newIvarMisc;
  }

  @Override
  public void queueCause(int pool, boolean received, boolean transmitted) {
    int causes = (received ? cause(ivar) : 0) | (transmitted ? cause(ivar >>> 8) : 0);
    if (causes != 0) {
      apply(0, causes);
    }
  }

  void mailboxCause() {
    apply(0, cause(ivarMisc));
  }

  private static int cause(int entry) {
    boolean valid = (entry & I82576Registers.IVAR_VALID) != 0;
    return valid ? 1 << (entry & VECTOR_MASK) & ALL : 0;
  }

  void reset() {
    state.set(0);
  }

  /// Reads an interrupt register; EICR is cleared by it, write-only registers read as 0.
  int read(int offset) {
    return switch (offset) {
      case I82576Registers.VTEIMS -> state.get() >>> EIMS_SHIFT & ALL;
      case I82576Registers.VTEIAC -> state.get() >>> EIAC_SHIFT & ALL;
      case I82576Registers.VTEIAM -> state.get() >>> EIAM_SHIFT & ALL;
      case I82576Registers.VTEICR -> state.getAndUpdate(old -> old & ~ALL) & ALL;
      default -> 0;
    };
  }

  void write(int offset, int value) {
    int bits = value & ALL;
    switch (offset) {
      case I82576Registers.VTEICS -> apply(0, bits);
      case I82576Registers.VTEIMS -> apply(0, bits << EIMS_SHIFT);
      case I82576Registers.VTEIMC -> apply(bits << EIMS_SHIFT, 0);
      case I82576Registers.VTEIAC -> apply(ALL << EIAC_SHIFT, bits << EIAC_SHIFT);
      case I82576Registers.VTEIAM -> apply(ALL << EIAM_SHIFT, bits << EIAM_SHIFT);
      case I82576Registers.VTEICR -> apply(bits, 0);
      default -> throw new IllegalArgumentException("no interrupt register at " + offset);
    }
  }

  private void apply(int clear, int set) {
    while (true) {
      int old = state.get();
      int changed = old & ~clear | set;
      int fired = asserted(changed) & ~asserted(old);
      int next = changed & ~(fired & changed >>> EIAC_SHIFT);
      if (pf.autoMasks()) {
        next &= ~((fired & changed >>> EIAM_SHIFT) << EIMS_SHIFT);
      }
      if (state.compareAndSet(old, next)) {
        for (int rest = fired; rest != 0; rest &= rest - 1) {
          msiX.raise(Integer.numberOfTrailingZeros(rest), assigned);
        }
        return;
      }
    }
  }

  private static int asserted(int state) {
    return state & state >>> EIMS_SHIFT & ALL;
  }
}
