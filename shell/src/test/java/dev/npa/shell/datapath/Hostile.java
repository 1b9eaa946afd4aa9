// SPDX-License-Identifier: MIT
package dev.npa.shell.datapath;

import dev.npa.plugin.NpaPlugin;
import dev.npa.plugin.PluginState;
import dev.npa.plugin.RecvFrame;
import dev.npa.plugin.RxQueueHandle;
import dev.npa.plugin.SendInfo;
import dev.npa.plugin.SgList;
import dev.npa.plugin.TxQueueHandle;

/// A plugin that behaves until told to do one thing wrong. The gate would refuse some of this; the
/// boundary must hold without it.
public final class Hostile implements NpaPlugin {
  /// What is done wrong, and where.
  enum Act {
    NOTHING,
    BIND_TWICE,
    BIND_OUT_OF_RANGE,
    BIND_FOREIGN_QUEUE,
    COMPLETE_TOO_MANY,
    COMPLETE_NEGATIVE,
    COMPLETE_FOREIGN_QUEUE,
    TX_LIES,
    INDICATE_UNBOUND,
    INDICATE_SAME_TWICE,
    INDICATE_OUT_OF_RANGE,
    INDICATE_TOO_LONG,
    INDICATE_OFFSET,
    INDICATE_EMPTY,
    INDICATE_WHILE_REAPING,
    INDICATE_OVER_BUDGET,
    RX_LIES,
    RX_NEGATIVE,
    THROW_IN_CHECK_RX,
    THROW_IN_REFILL,
    REFILL_ANSWERS_7,
    LOG_LINE_BREAK,
    LOG_LEVEL_9,
    TX_ANSWERS_9,
    TX_REFUSES_PLAIN,
    TX_THROWS,
    RECURSE
  }

  Act act = Act.NOTHING;
  int indicateFirst;
  int frames;
  private int bound;

  @Override
  public int swInit(PluginState ps) {
    return OK;
  }

  @Override
  public int reinitRxRing(PluginState ps, int queue) {
    bound = 0;
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
    return switch (act) {
      case TX_ANSWERS_9 -> 9;
      case TX_REFUSES_PLAIN -> UNSUPPORTED;
      case TX_THROWS -> throw new ArithmeticException();
      default -> QUEUED;
    };
  }

  @Override
  public int checkTxRing(PluginState ps, int queue) {
    TxQueueHandle handle = ps.txQueue(0).handle();
    switch (act) {
      case COMPLETE_TOO_MANY -> ps.shellApi().completeSend(handle, 3);
      case COMPLETE_NEGATIVE -> ps.shellApi().completeSend(handle, -1);
      case COMPLETE_FOREIGN_QUEUE -> ps.shellApi().completeSend(new TxQueueHandle(1), 0);
      case INDICATE_WHILE_REAPING -> indicate(ps, 0, 64);
      case TX_LIES -> {
        return 1;
      }
      default -> {}
    }
    return 0;
  }

  @Override
  public int checkRxRing(PluginState ps, int queue, int maxPkts) {
    for (int i = 0; i < indicateFirst; i++) {
      indicate(ps, i, 64);
    }
    switch (act) {
      case INDICATE_UNBOUND -> indicate(ps, 100, 64);
      case INDICATE_SAME_TWICE -> {
        RecvFrame frame = ps.rxQueue(0).recvFrame();
        frame.begin();
        frame.addSg(5, 64);
        frame.addSg(5, 64);
        ps.shellApi().indicateRecv(ps.rxQueue(0).handle(), frame);
      }
      case INDICATE_OUT_OF_RANGE -> indicate(ps, 128, 64);
      case INDICATE_TOO_LONG -> indicate(ps, 5, 2049);
      case INDICATE_OFFSET -> {
        RecvFrame frame = ps.rxQueue(0).recvFrame();
        frame.begin();
        frame.addSg(5, 2000);
        frame.firstSgOffset(-8);
        ps.shellApi().indicateRecv(ps.rxQueue(0).handle(), frame);
      }
      case INDICATE_EMPTY -> {
        ps.rxQueue(0).recvFrame().begin();
        ps.shellApi().indicateRecv(ps.rxQueue(0).handle(), ps.rxQueue(0).recvFrame());
      }
      case INDICATE_OVER_BUDGET -> {
        for (int i = 0; i <= maxPkts; i++) {
          indicate(ps, i, 64);
        }
      }
      case RX_LIES -> {
        return 1;
      }
      case RX_NEGATIVE -> {
        return -1;
      }
      case THROW_IN_CHECK_RX -> throw new PoisonedException();
      case RECURSE -> {
        return checkRxRing(ps, queue, maxPkts);
      }
      default -> {}
    }
    return indicateFirst;
  }

  private static void indicate(PluginState ps, int id, int length) {
    RecvFrame frame = ps.rxQueue(0).recvFrame();
    frame.begin();
    frame.addSg(id, length);
    ps.shellApi().indicateRecv(ps.rxQueue(0).handle(), frame);
  }

  @Override
  public int addBuffersToRxRing(PluginState ps, int queue) {
    RxQueueHandle handle = ps.rxQueue(0).handle();
    if (bound == 0) {
      for (bound = 0; bound < 10; bound++) {
        ps.shellApi().allocSmallBuffer(handle, bound);
      }
    }
    switch (act) {
      case BIND_TWICE -> ps.shellApi().allocSmallBuffer(handle, 9);
      case BIND_OUT_OF_RANGE -> ps.shellApi().allocLargeBuffer(handle, 128);
      case BIND_FOREIGN_QUEUE -> ps.shellApi().allocLargeBuffer(new RxQueueHandle(3), 20);
      case THROW_IN_REFILL -> throw new IndexOutOfBoundsException();
      case LOG_LINE_BREAK -> ps.shellApi().log(1, "one\ntwo", 0);
      case LOG_LEVEL_9 -> ps.shellApi().log(9, "text", 0);
      case REFILL_ANSWERS_7 -> {
        return 7;
      }
      default -> {}
    }
    return OK;
  }

  /// Every method that a curious shell might call fails the test.
  private static final class PoisonedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PoisonedException() {
      super(null, null, false, false);
    }

    @Override
    public String getMessage() {
      throw new AssertionError("the shell called a method of the plugin's exception");
    }

    @Override
    public String toString() {
      throw new AssertionError("the shell called a method of the plugin's exception");
    }

    @Override
    public synchronized Throwable getCause() {
      throw new AssertionError("the shell called a method of the plugin's exception");
    }
  }
}
