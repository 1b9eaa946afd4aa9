// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

import static dev.npa.nic.i82576.I82576Registers.QUEUE_STRIDE;
import static dev.npa.nic.i82576.I82576Registers.RQDPC;
import static dev.npa.nic.i82576.I82576Registers.RX_QUEUE;
import static dev.npa.nic.i82576.I82576Registers.VFGORC;
import static dev.npa.nic.i82576.I82576Registers.VFGOTC;
import static dev.npa.nic.i82576.I82576Registers.VFGPRC;
import static dev.npa.nic.i82576.I82576Registers.VFGPRLBC;
import static dev.npa.nic.i82576.I82576Registers.VFGPTC;
import static dev.npa.nic.i82576.I82576Registers.VF_CSR;

/// A virtual function's statistics (82576 data sheet, 8.28.36 to 8.28.44) as differences: the
/// registers run freely and wrap at 2^32. Reading them allocates nothing.
final class VfCounters {
  /// Distance of the VFs' register mirrors, and of their statistics from the VF's own offsets.
  private static final int MIRROR_STRIDE = 0x100;

  private static final int VF_STATISTICS = 0x0F00;

  private final Registers registers;
  private final int mirror;
  private final int noBuffer;
  private final int[] last = new int[(VFGPRLBC - VF_STATISTICS) / 4 + 1];

  VfCounters(Registers registers, int vf) {
    this.registers = registers;
    this.mirror = VF_CSR + MIRROR_STRIDE * vf;
    this.noBuffer = RX_QUEUE + QUEUE_STRIDE * vf + RQDPC;
  }

  /// Adds what was counted since the last call.
  void addTo(VfStatistics sum) {
    sum.addReceived(delta(VFGPRC), delta(VFGORC), delta(VFGPRLBC));
    sum.addSent(delta(VFGPTC), delta(VFGOTC));
    sum.addDropped(Integer.toUnsignedLong(registers.read(noBuffer))); // Cleared by reading.
  }

  private long delta(int register) {
    int offset = register - VF_STATISTICS;
    int now = registers.read(mirror + offset);
    int before = last[offset / 4];
    last[offset / 4] = now;
    return Integer.toUnsignedLong(now - before);
  }
}
