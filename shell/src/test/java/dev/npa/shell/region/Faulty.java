// SPDX-License-Identifier: MIT
package dev.npa.shell.region;

import dev.npa.plugin.NpaPlugin;
import dev.npa.plugin.PluginState;
import dev.npa.plugin.SendInfo;
import dev.npa.plugin.SgList;

/// Takes frames, sends none of them, and fails at the 50th poll.
public final class Faulty implements NpaPlugin {
  private int polls;

  public Faulty() {}

  @Override
  public int swInit(PluginState ps) {
    return OK;
  }

  @Override
  public int reinitRxRing(PluginState ps, int queue) {
    return OK;
  }

  @Override
  public int reinitTxRing(PluginState ps, int queue) {
    return OK;
  }

  @Override
  public int enableInterrupt(PluginState ps, int intrIdx) {
    return OK;
  }

  @Override
  public int disableInterrupt(PluginState ps, int intrIdx) {
    return OK;
  }

  @Override
  public int addFrameToTxRing(
      PluginState ps, int queue, SendInfo info, SgList sgl, boolean lastPktHint) {
    return QUEUED;
  }

  @Override
  public int checkTxRing(PluginState ps, int queue) {
    polls++;
    return polls / (50 - polls) / 50; // 0, and an ArithmeticException at the 50th
  }

  @Override
  public int checkRxRing(PluginState ps, int queue, int maxPkts) {
    return 0;
  }

  @Override
  public int addBuffersToRxRing(PluginState ps, int queue) {
    ps.shellApi().allocSmallBuffer(ps.rxQueue(0).handle(), polls);
    return OK;
  }
}
