// SPDX-License-Identifier: GPL-2.0-or-later
package org.kawela.vf;

import dev.npa.plugin.MmioRegion;
import dev.npa.plugin.NpaPlugin;
import dev.npa.plugin.PluginState;
import dev.npa.plugin.SendInfo;
import dev.npa.plugin.SgList;

/// The entry class: the nine calls that the shell makes.
///
/// One queue pair, no offloads. Vector 0 serves both queues; the mailbox, vector 1, is the PF
/// driver's business.
public final class KawelaPlugin implements NpaPlugin {
  private static final int DECLINED = 1;

  private KawelaTxRing tx;
  private KawelaRxRing rx;

  public KawelaPlugin() {}

  /// Software only: the function's registers may not be there yet.
  @Override
  public int swInit(PluginState ps) {
    if (ps.numTxQueues() != 1 || ps.numRxQueues() != 1) {
      return DECLINED;
    }
    tx = new KawelaTxRing(ps.txQueue(0).ring(), ps.txQueue(0).ringSize());
    rx = new KawelaRxRing(ps.rxQueue(0));
    return OK;
  }

  @Override
  public int reinitRxRing(PluginState ps, int queue) {
    MmioRegion registers = ps.mmio();
    registers.write32(KawelaRegisters.VTEIMC, KawelaRegisters.QUEUE_PAIR_VECTOR_BIT); // 8.8
    registers.write32(KawelaRegisters.VTIVAR, KawelaRegisters.VTIVAR_QUEUE_PAIR_TO_VECTOR_0); // 8.8
    registers.write32(KawelaRegisters.VTEIAC, KawelaRegisters.QUEUE_PAIR_VECTOR_BIT); // 8.8
    registers.write32(KawelaRegisters.VTEIAM, KawelaRegisters.QUEUE_PAIR_VECTOR_BIT); // 8.8
    rx.start(registers);
    return OK;
  }

  @Override
  public int reinitTxRing(PluginState ps, int queue) {
    tx.start(ps.mmio());
    return OK;
  }

  /// The device raises the interrupt at once if a cause came in while the vector was masked (8.8).
  @Override
  public int enableInterrupt(PluginState ps, int intrIdx) {
    if (intrIdx >= 0 && intrIdx < KawelaRegisters.VECTORS) {
      ps.mmio().write32(KawelaRegisters.VTEIMS, 1 << intrIdx);
    }
    return OK;
  }

  @Override
  public int disableInterrupt(PluginState ps, int intrIdx) {
    if (intrIdx >= 0 && intrIdx < KawelaRegisters.VECTORS) {
      ps.mmio().write32(KawelaRegisters.VTEIMC, 1 << intrIdx);
    }
    return OK;
  }

  @Override
  public int addBuffersToRxRing(PluginState ps, int queue) {
    rx.fill(ps.shellApi(), ps.mmio());
    return OK;
  }

  @Override
  public int addFrameToTxRing(
      PluginState ps, int queue, SendInfo info, SgList sgl, boolean lastPktHint) {
    return tx.add(ps.mmio(), sgl, info.plain(), lastPktHint);
  }

  @Override
  public int checkTxRing(PluginState ps, int queue) {
    int frames = tx.reap();
    if (frames != 0) {
      ps.shellApi().completeSend(ps.txQueue(queue).handle(), frames);
    }
    return frames;
  }

  @Override
  public int checkRxRing(PluginState ps, int queue, int maxPkts) {
    return rx.check(ps.shellApi(), maxPkts);
  }
}
