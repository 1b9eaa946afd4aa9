// SPDX-License-Identifier: MIT
package dev.npa.shell.region;

import dev.npa.plugin.NpaPlugin;
import dev.npa.plugin.PluginState;
import dev.npa.plugin.SendInfo;
import dev.npa.plugin.SgList;

/// Asks for 800 MB when it is made.
public final class HoardingPlugin implements NpaPlugin {
  private final long[] keep = new long[100_000_000];

  public HoardingPlugin() {}

  @Override
  public int swInit(PluginState ps) {
    return 0;
  }

  @Override
  public int reinitRxRing(PluginState ps, int queue) {
    return 0;
  }

  @Override
  public int reinitTxRing(PluginState ps, int queue) {
    return 0;
  }

  @Override
  public int enableInterrupt(PluginState ps, int interrupt) {
    return 0;
  }

  @Override
  public int disableInterrupt(PluginState ps, int interrupt) {
    return 0;
  }

  @Override
  public int addFrameToTxRing(
      PluginState ps, int queue, SendInfo info, SgList frame, boolean lastPktHint) {
    return 0;
  }

  @Override
  public int checkTxRing(PluginState ps, int queue) {
    return keep.length;
  }

  @Override
  public int checkRxRing(PluginState ps, int queue, int maxPkts) {
    return 0;
  }

  @Override
  public int addBuffersToRxRing(PluginState ps, int queue) {
    return 0;
  }
}
