// SPDX-License-Identifier: MIT
package org.searching;

import dev.npa.plugin.NpaPlugin;
import dev.npa.plugin.PluginState;
import dev.npa.plugin.SendInfo;
import dev.npa.plugin.SgList;

/// A plugin for measuring, whose loops end by what they find: nobody can prove a bound, so the gate
/// meters them all. It drives nothing and looks at nothing that it is given.
public final class SearchingPlugin implements NpaPlugin {
  /// Rounds of each loop.
  public static final int ROUNDS = 256;

  private static final int MASK = ROUNDS - 1;
  private static final int DONE = 1;

  private int[] status;
  private int[] chain;
  private long[] words;

  @Override
  public int swInit(PluginState ps) {
    status = new int[2 * ROUNDS];
    chain = new int[ROUNDS];
    words = new long[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      status[i] = i << 16 | DONE;
      // One cycle through all (Hull and Dobell 1962).
      chain[i] = i * 77 + 13 & MASK;
      words[i] = i + 1L;
    }
    return 0;
  }

  /// As a driver reaps descriptors: until one is not done.
  @Override
  public int checkTxRing(PluginState ps, int queue) {
    int head = 0;
    int bytes = 0;
    while ((status[head] & DONE) != 0) {
      bytes += status[head] >>> 16;
      head = head + 1 & 2 * ROUNDS - 1;
    }
    return bytes;
  }

  /// Follows a chain until it is back: each round waits for the one before.
  @Override
  public int addBuffersToRxRing(PluginState ps, int queue) {
    int at = 0;
    int rounds = 0;
    do {
      at = chain[at];
      rounds++;
    } while (at != 0);
    return rounds;
  }

  /// Looks for a number: as little work per round as there can be.
  @Override
  public int checkRxRing(PluginState ps, int queue, int maxPkts) {
    int at = 0;
    while (words[at & MASK] != ROUNDS) {
      at++;
    }
    return at;
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
  public int enableInterrupt(PluginState ps, int intrIdx) {
    return 0;
  }

  @Override
  public int disableInterrupt(PluginState ps, int intrIdx) {
    return 0;
  }

  @Override
  public int addFrameToTxRing(
      PluginState ps, int queue, SendInfo info, SgList sgl, boolean lastPktHint) {
    return 0;
  }
}
