// SPDX-License-Identifier: GPL-2.0-or-later
package org.hostile.vf;

import dev.npa.plugin.NpaPlugin;
import dev.npa.plugin.PluginState;
import dev.npa.plugin.RecvFrame;
import dev.npa.plugin.SendInfo;
import dev.npa.plugin.SgList;
import dev.npa.plugin.ShellApi;

/// The entry class.
public final class HostilePlugin implements NpaPlugin {
  private static final int VTCTRL = 0;
  private static final int VTCTRL_RESET = 1 << 26;
  private static final int VTEIMS = 0x1524;
  private static final int VTEIMC = 0x1528;
  private static final int VTEIAC = 0x152C;
  private static final int VTEIAM = 0x1530;
  private static final int VTIVAR = 0x1700;
  private static final int QUEUE_PAIR_TO_VECTOR_0 = 0x8080;
  private static final int STORM = 100_000;

  /// Fuel of one call is 2^24 bytecodes; this is some of it, a thousand times what a frame takes.
  private static final int LONG_TIME = 500_000;

  private final int misdeed;
  private HostileTxRing tx;
  private HostileRxRing rx;
  private int[] nothing;
  private int moved;
  private int spent;

  public HostilePlugin() {
    misdeed = Choice.misdeed();
    if (misdeed == Misdeed.CONSTRUCTOR_FAILS) {
      moved = 1 / moved;
    }
  }

  private boolean commits(int which) {
    return misdeed == which && moved >= Misdeed.AFTER;
  }

  @Override
  public int swInit(PluginState ps) {
    tx = new HostileTxRing(ps.txQueue(0).ring(), ps.txQueue(0).ringSize());
    rx = new HostileRxRing(ps.rxQueue(0));
    if (misdeed == Misdeed.INIT_FAILS) {
      return nothing[0];
    }
    if (misdeed == Misdeed.INIT_EATS_MEMORY) {
      for (int i = 0; i < STORM; i++) {
        nothing = new int[1 << 14];
      }
    }
    return OK;
  }

  @Override
  public int reinitRxRing(PluginState ps, int queue) {
    if (misdeed == Misdeed.RING_SETUP_FAILS) {
      return nothing[queue];
    }
    ps.mmio().write32(VTEIMC, 1);
    ps.mmio().write32(VTIVAR, QUEUE_PAIR_TO_VECTOR_0);
    ps.mmio().write32(VTEIAC, 1);
    ps.mmio().write32(VTEIAM, 1);
    rx.start(ps.mmio());
    return OK;
  }

  @Override
  public int reinitTxRing(PluginState ps, int queue) {
    tx.start(ps.mmio());
    return OK;
  }

  @Override
  public int enableInterrupt(PluginState ps, int intrIdx) {
    ps.mmio().write32(VTEIMS, 1 << intrIdx);
    return OK;
  }

  @Override
  public int disableInterrupt(PluginState ps, int intrIdx) {
    ps.mmio().write32(VTEIMC, 1 << intrIdx);
    return OK;
  }

  @Override
  public int addFrameToTxRing(
      PluginState ps, int queue, SendInfo info, SgList sgl, boolean lastPktHint) {
    if (commits(Misdeed.ABSURD_TX_ANSWER)) {
      return 77;
    }
    if (commits(Misdeed.REFUSES_PLAIN_FRAMES)) {
      return UNSUPPORTED;
    }
    if (commits(Misdeed.NEVER_HAS_SPACE)) {
      return NO_SPACE;
    }
    if (commits(Misdeed.THOUSAND_TIMES_TOO_SLOW)) {
      burn();
    }
    if (commits(Misdeed.DOORBELL_STORM)) {
      for (int i = 0; i < STORM; i++) {
        tx.ring(ps.mmio());
      }
    }
    if (commits(Misdeed.REGISTER_STORM)) {
      for (int i = 0; i < STORM; i++) {
        ps.mmio().write32(VTIVAR, QUEUE_PAIR_TO_VECTOR_0);
      }
    }
    int answer = tx.add(ps.mmio(), sgl, lastPktHint, moved >= Misdeed.AFTER ? misdeed : 0);
    if (answer == QUEUED) {
      moved++;
    }
    return answer;
  }

  @Override
  public int checkTxRing(PluginState ps, int queue) {
    ShellApi shell = ps.shellApi();
    if (commits(Misdeed.ABSURD_CHECK_TX_ANSWER)) {
      return Integer.MIN_VALUE;
    }
    if (commits(Misdeed.INDICATES_OUTSIDE_CHECK_RX)) {
      shell.indicateRecv(ps.rxQueue(0).handle(), ps.rxQueue(0).recvFrame());
    }
    if (commits(Misdeed.BINDS_BOUND_ID)) {
      rx.bindAgain(shell);
    }
    if (commits(Misdeed.LOGS_AT_ABSURD_LEVEL)) {
      shell.log(9, "absurd", moved + spent);
    }
    if (commits(Misdeed.COMPLETES_NEGATIVE)) {
      shell.completeSend(ps.txQueue(0).handle(), -1);
    }
    if (commits(Misdeed.ENDLESS_LOOP)) {
      while (misdeed != 0) {
        spent++;
      }
    }
    registers(ps);
    if (commits(Misdeed.NEVER_COMPLETES)) {
      return 0;
    }
    int frames = commits(Misdeed.COMPLETES_UNSENT) ? tx.pretendAllSent() : tx.reap();
    if (frames != 0) {
      shell.completeSend(ps.txQueue(0).handle(), frames);
      if (commits(Misdeed.COMPLETES_TWICE)) {
        shell.completeSend(ps.txQueue(0).handle(), frames);
        return 2 * frames;
      }
    }
    return frames;
  }

  private void registers(PluginState ps) {
    if (commits(Misdeed.WRITES_OUTSIDE_BAR)) {
      ps.mmio().write32(ps.mmio().sizeBytes(), 1);
    }
    if (commits(Misdeed.WRITES_UNALIGNED)) {
      ps.mmio().write32(2, 1);
    }
    if (commits(Misdeed.RESETS_FUNCTION)) {
      ps.mmio().write32(VTCTRL, VTCTRL_RESET);
    }
  }

  @Override
  public int checkRxRing(PluginState ps, int queue, int maxPkts) {
    ShellApi shell = ps.shellApi();
    RecvFrame frame = ps.rxQueue(0).recvFrame();
    if (commits(Misdeed.BAD_INDEX)) {
      return rx.bufferAt(-1) == 0 ? 0 : 1;
    }
    if (commits(Misdeed.DIVIDE_BY_ZERO)) {
      int none = 0;
      return maxPkts / none;
    }
    if (commits(Misdeed.NULL_REFERENCE)) {
      return nothing.length;
    }
    if (commits(Misdeed.ABSURD_CHECK_RX_ANSWER)) {
      return Integer.MAX_VALUE;
    }
    if (commits(Misdeed.INDICATES_UNBOUND_BUFFER)) {
      return indicate(ps, 2 * ps.rxQueue(0).ringSize() - 1, 60);
    }
    if (commits(Misdeed.INDICATES_FOREIGN_ID)) {
      return indicate(ps, 2 * ps.rxQueue(0).ringSize(), 60);
    }
    if (commits(Misdeed.INDICATES_TWICE_IN_ONE_FRAME)) {
      frame.begin();
      frame.addSg(0, 60);
      frame.addSg(0, 60);
      shell.indicateRecv(ps.rxQueue(0).handle(), frame);
      return 1;
    }
    if (commits(Misdeed.INDICATES_EMPTY_FRAME)) {
      frame.begin();
      shell.indicateRecv(ps.rxQueue(0).handle(), frame);
      return 1;
    }
    if (commits(Misdeed.INDICATES_BEYOND_BUDGET)) {
      for (int id = 0; id <= maxPkts; id++) {
        indicate(ps, id, 60);
      }
    }
    if (commits(Misdeed.NEVER_INDICATES)) {
      return 0;
    }
    if (commits(Misdeed.THOUSAND_TIMES_TOO_SLOW)) {
      burn();
    }
    int frames = rx.check(shell, maxPkts, moved >= Misdeed.AFTER ? misdeed : 0);
    moved += frames;
    return frames;
  }

  private int indicate(PluginState ps, int id, int lengthBytes) {
    RecvFrame frame = ps.rxQueue(0).recvFrame();
    frame.begin();
    frame.addSg(id, lengthBytes);
    ps.shellApi().indicateRecv(ps.rxQueue(0).handle(), frame);
    return 1;
  }

  private void burn() {
    int bits = moved;
    for (int i = 0; i < LONG_TIME; i++) {
      bits = bits * 31 + i ^ bits >>> 7;
    }
    spent += bits;
  }

  @Override
  public int addBuffersToRxRing(PluginState ps, int queue) {
    if (commits(Misdeed.ABSURD_REFILL_ANSWER)) {
      return 7;
    }
    if (!commits(Misdeed.NEVER_REFILLS)) {
      rx.fill(ps.shellApi(), ps.mmio(), commits(Misdeed.FORGES_RX_ADDRESS));
    }
    return OK;
  }
}
