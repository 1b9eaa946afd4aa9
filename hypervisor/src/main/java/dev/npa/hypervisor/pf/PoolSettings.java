// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

import static dev.npa.nic.i82576.I82576Registers.DTXSWC;
import static dev.npa.nic.i82576.I82576Registers.EITR;
import static dev.npa.nic.i82576.I82576Registers.VMOLR;
import static dev.npa.nic.i82576.I82576Registers.VMOLR_BAM;
import static dev.npa.nic.i82576.I82576Registers.VMOLR_LPE;
import static dev.npa.nic.i82576.I82576Registers.VMOLR_MPME;
import static dev.npa.nic.i82576.I82576Registers.VMOLR_RLPML_MASK;
import static dev.npa.nic.i82576.I82576Registers.VMOLR_ROMPE;
import static dev.npa.nic.i82576.I82576Registers.VMOLR_STRCRC;
import static dev.npa.nic.i82576.I82576Registers.VMOLR_STRVLAN;
import static dev.npa.nic.i82576.I82576Registers.VMVIR;
import static dev.npa.nic.i82576.I82576Registers.VMVIR_DEFAULT_TAG;

import java.util.Optional;

/// What one pool receives and how its frames are treated, apart from filters that pools share
/// (82576 data sheet, 8.10.21 VMOLR, 8.14 VMVIR and DTXSWC, 8.8 EITR).
final class PoolSettings {
  /// Interrupt causes of a virtual function.
  static final int VF_VECTORS = 3;

  /// Interval in microseconds of each moderation level, EITR bits 14:2.
  private static final int[] MODERATION_MICROS = {0, 16, 32, 64, 128, 256, 512, 1024};

  private static final int MODERATION_SHIFT = 2;
  private static final int MAX_MTU = 9000;
  private static final int MIN_MTU = 60;

  /// Ethernet header, VLAN tag, FCS.
  private static final int FRAME_OVERHEAD_BYTES = 22;

  private static final int PRIORITY_SHIFT = 13;

  private final Registers registers;
  private final int pool;
  private final int vmolr;

  PoolSettings(Registers registers, int pool) {
    this.registers = registers;
    this.pool = pool;
    this.vmolr = VMOLR + 4 * pool;
  }

  static boolean isValid(VfParameters parameters) {
    return parameters.mtu() >= MIN_MTU
        && parameters.mtu() <= MAX_MTU
        && parameters.moderation() >= 0
        && parameters.moderation() < MODERATION_MICROS.length;
  }

  /// Nothing but unicast by filter, trusted, no VLAN.
  void clear() {
    registers.write(vmolr, VMOLR_STRCRC);
    registers.write(VMVIR + 4 * pool, 0);
    antiSpoof(false);
  }

  void accept(boolean broadcast, boolean multicastByHash, boolean allMulticast) {
    registers.assign(vmolr, VMOLR_BAM, broadcast);
    registers.assign(vmolr, VMOLR_ROMPE, multicastByHash);
    registers.assign(vmolr, VMOLR_MPME, allMulticast);
  }

  void mtu(int mtu) {
    if (mtu < MIN_MTU || mtu > MAX_MTU) {
      throw new IllegalArgumentException("MTU " + mtu);
    }
    int others = registers.read(vmolr) & ~VMOLR_RLPML_MASK;
    registers.write(vmolr, others | VMOLR_LPE | mtu + FRAME_OVERHEAD_BYTES);
  }

  void defaultVlan(Optional<DefaultVlan> vlan) {
    int tag = vlan.map(v -> VMVIR_DEFAULT_TAG | v.priority() << PRIORITY_SHIFT | v.id()).orElse(0);
    registers.write(VMVIR + 4 * pool, tag);
    registers.assign(vmolr, VMOLR_STRVLAN, vlan.isPresent());
  }

  void antiSpoof(boolean on) {
    registers.assign(DTXSWC, 1 << pool, on);
  }

  /// VF `v`'s vectors are the device's causes `22 - 3 * v` and the two after it.
  void moderation(int level) {
    if (level < 0 || level >= MODERATION_MICROS.length) {
      throw new IllegalArgumentException("moderation level " + level);
    }
    for (int i = 0; i < VF_VECTORS; i++) {
      int cause = 22 - VF_VECTORS * pool + i;
      registers.write(EITR + 4 * cause, MODERATION_MICROS[level] << MODERATION_SHIFT);
    }
  }
}
