// SPDX-License-Identifier: MIT
package dev.npa.shell.vmxnet3;

import dev.npa.plugin.NpaPlugin;
import dev.npa.plugin.PluginState;
import dev.npa.plugin.SendInfo;
import dev.npa.plugin.SgList;

/// The built-in plugin for emulated mode: the data path of vmxnet3 version 1.
///
/// Written like a vendor's, against the plugin contract alone, and subject to the same bytecode
/// rules. One queue pair, no offloads. Reading order: [Vmxnet3RingLayout], [Vmxnet3TxRing],
/// [Vmxnet3CommandRing], [Vmxnet3RxRing].
public final class Vmxnet3Plugin implements NpaPlugin {
  private static final int IMR = 0;
  private static final int VECTORS = 25;
  private static final int DECLINED = 1;

  private Vmxnet3TxRing tx;
  private Vmxnet3RxRing rx;

  public Vmxnet3Plugin() {}

  @Override
  public int swInit(PluginState ps) {
    if (ps.numTxQueues() != 1 || ps.numRxQueues() != 1) {
      return DECLINED;
    }
    tx = new Vmxnet3TxRing(ps.txQueue(0).ring(), ps.txQueue(0).ringSize());
    rx = new Vmxnet3RxRing(ps.rxQueue(0));
    return OK;
  }

  @Override
  public int reinitRxRing(PluginState ps, int queue) {
    rx.reset();
    return OK;
  }

  @Override
  public int reinitTxRing(PluginState ps, int queue) {
    tx.reset();
    return OK;
  }

  @Override
  public int enableInterrupt(PluginState ps, int intrIdx) {
    return mask(ps, intrIdx, 0);
  }

  @Override
  public int disableInterrupt(PluginState ps, int intrIdx) {
    return mask(ps, intrIdx, 1);
  }

  private static int mask(PluginState ps, int intrIdx, int masked) {
    if (intrIdx >= 0 && intrIdx < VECTORS) {
      ps.mmio().write32(IMR + 8 * intrIdx, masked);
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
