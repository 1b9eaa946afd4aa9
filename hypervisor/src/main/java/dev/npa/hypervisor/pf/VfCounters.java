// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

import static dev.npa.nic.i82576.I82576Registers.QUEUE_STRIDE;
import static dev.npa.nic.i82576.I82576Registers.RQDPC;
import static dev.npa.nic.i82576.I82576Registers.RX_QUEUE;
import static dev.npa.nic.i82576.I82576Registers.VFGORC;
import static dev.npa.nic.i82576.I82576Registers.VFGORLBC;
import static dev.npa.nic.i82576.I82576Registers.VFGOTC;
import static dev.npa.nic.i82576.I82576Registers.VFGPRC;
import static dev.npa.nic.i82576.I82576Registers.VFGPRLBC;
import static dev.npa.nic.i82576.I82576Registers.VFGPTC;
import static dev.npa.nic.i82576.I82576Registers.VFMPRC;
import static dev.npa.nic.i82576.I82576Registers.VF_CSR;

/// A virtual function's statistics (82576 data sheet, 8.28.36 to 8.28.44) as differences: the
/// registers run freely and wrap at 2^32. Octets include the FCS.
final class VfCounters {
  /// Distance of the VFs' register mirrors, and of their statistics from the VF's own offsets.
  private static final int MIRROR_STRIDE = 0x100;

  private static final int VF_STATISTICS = 0x0F00;
  private static final int[] COUNTERS = {
    VFGPRC, VFGORC, VFGPRLBC, VFGORLBC, VFGPTC, VFGOTC, VFMPRC
  };

  private final Registers registers;
  private final int vf;
  private final int[] last = new int[COUNTERS.length];

  VfCounters(Registers registers, int vf) {
    this.registers = registers;
    this.vf = vf;
  }

  VfStatistics delta() {
    long[] delta = new long[COUNTERS.length];
    for (int i = 0; i < COUNTERS.length; i++) {
      int now = registers.read(VF_CSR + MIRROR_STRIDE * vf + COUNTERS[i] - VF_STATISTICS);
      delta[i] = Integer.toUnsignedLong(now - last[i]);
      last[i] = now;
    }
    // Cleared by reading.
    long dropped = Integer.toUnsignedLong(registers.read(RX_QUEUE + QUEUE_STRIDE * vf + RQDPC));
    return new VfStatistics(
        delta[0], delta[1], delta[2], delta[3], delta[4], delta[5], delta[6], dropped);
  }
}
