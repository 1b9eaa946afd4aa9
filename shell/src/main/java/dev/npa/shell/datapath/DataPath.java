// SPDX-License-Identifier: MIT
package dev.npa.shell.datapath;

import dev.npa.plugin.NpaPlugin;
import dev.npa.plugin.PluginState;
import dev.npa.plugin.SendInfo;
import dev.npa.plugin.SgList;
import dev.npa.shell.guest.GuestStack;

/// The loop that calls a plugin, and the boundary at which its faults stop.
///
/// This class is loaded once for the built-in plugin and once more, as a hidden class, for each
/// region ([DataPaths]). Each copy has its own profile, so the calls to `plugin` below see one
/// receiver type and the JIT inlines the plugin into the loop. Therefore: no static state, no
/// nested classes, no lambdas, and nothing outside refers to it but [DataPaths].
///
/// A fault is caught once per call into the plugin, which for traffic is once per burst.
final class DataPath implements PacketPath {
  private static final int QUEUE = 0;

  /// Frames offered in one call of [#transmit]: bounds how long a plugin can keep it.
  private static final int MAX_BURST = 64;

  /// Frames longer than this go to the device in several fragments, as a guest's pages would.
  private static final int FRAGMENT_BYTES = 4096;

  private final NpaPlugin plugin;
  private final PluginState state;
  private final ShellCalls calls;
  private final RxLedger rx;
  private final TxLedger tx;
  private final Traffic traffic;
  private final SendInfo info = new SendInfo();
  private final SgList fragments = new SgList();

  DataPath(
      NpaPlugin plugin,
      PluginState state,
      ShellCalls calls,
      RxLedger rx,
      TxLedger tx,
      Traffic traffic) {
    this.plugin = plugin;
    this.state = state;
    this.calls = calls;
    this.rx = rx;
    this.tx = tx;
    this.traffic = traffic;
  }

  @Override
  public Fault fault() {
    return calls.fault();
  }

  @Override
  public Traffic traffic() {
    return traffic;
  }

  @Override
  public void reclaim() {
    rx.reclaim();
  }

  @Override
  public boolean init() {
    if (!enter(ShellCalls.ELSEWHERE, 0)) {
      return false;
    }
    boolean accepted = false;
    try {
      accepted = plugin.swInit(state) == NpaPlugin.OK;
      calls.leave(0);
    } catch (Throwable thrown) {
      calls.fail(Fault.of(thrown));
    }
    return accepted && healthy();
  }

  @Override
  public boolean reset() {
    if (!enter(ShellCalls.ELSEWHERE, 0)) {
      return false;
    }
    try {
      if (isOk(plugin.reinitRxRing(state, QUEUE)) && isOk(plugin.reinitTxRing(state, QUEUE))) {
        expectOk(plugin.addBuffersToRxRing(state, QUEUE));
      }
      calls.leave(0);
    } catch (Throwable thrown) {
      calls.fail(Fault.of(thrown));
    }
    return healthy();
  }

  @Override
  public void enableInterrupt(int vector) {
    if (enter(ShellCalls.ELSEWHERE, 0)) {
      try {
        expectOk(plugin.enableInterrupt(state, vector));
        calls.leave(0);
      } catch (Throwable thrown) {
        calls.fail(Fault.of(thrown));
      }
    }
  }

  @Override
  public void disableInterrupt(int vector) {
    if (enter(ShellCalls.ELSEWHERE, 0)) {
      try {
        expectOk(plugin.disableInterrupt(state, vector));
        calls.leave(0);
      } catch (Throwable thrown) {
        calls.fail(Fault.of(thrown));
      }
    }
  }

  private boolean enter(int entryPoint, int maxFrames) {
    return calls.enter(entryPoint, maxFrames);
  }

  private boolean healthy() {
    return calls.fault() == Fault.NONE;
  }

  private void expectOk(int answer) {
    if (answer != NpaPlugin.OK) {
      calls.fail(Fault.BAD_RETURN_VALUE);
    }
  }

  private boolean isOk(int answer) {
    expectOk(answer);
    return answer == NpaPlugin.OK;
  }

  // Traffic.

  @Override
  public int poll(int budget, GuestStack stack) {
    int work = reap() + receive(budget);
    // Also after a fault: what the plugin handed over before is received. The stack is called
    // outside of the plugin, what it throws is not the plugin's fault.
    rx.deliver(stack);
    refill();
    return work;
  }

  private int reap() {
    if (!enter(ShellCalls.ELSEWHERE, 0)) {
      return 0;
    }
    int before = tx.inFlight();
    try {
      int answer = plugin.checkTxRing(state, QUEUE);
      calls.leave(0);
      if (answer != before - tx.inFlight()) {
        calls.fail(Fault.BAD_RETURN_VALUE);
      }
    } catch (Throwable thrown) {
      calls.fail(Fault.of(thrown));
    }
    return before - tx.inFlight();
  }

  private int receive(int budget) {
    if (!enter(ShellCalls.CHECK_RX, budget)) {
      return 0;
    }
    try {
      int answer = plugin.checkRxRing(state, QUEUE, budget);
      calls.leave(0);
      if (answer != rx.frames()) {
        calls.fail(Fault.BAD_RETURN_VALUE);
      }
    } catch (Throwable thrown) {
      calls.fail(Fault.of(thrown));
    }
    return rx.frames();
  }

  private void refill() {
    if (!enter(ShellCalls.ELSEWHERE, 0)) {
      return;
    }
    try {
      expectOk(plugin.addBuffersToRxRing(state, QUEUE));
      calls.leave(0);
    } catch (Throwable thrown) {
      calls.fail(Fault.of(thrown));
    }
  }

  @Override
  public int transmit() {
    int waiting = Math.min(tx.waiting(), MAX_BURST);
    if (waiting == 0 || !enter(ShellCalls.ELSEWHERE, 0)) {
      return 0;
    }
    int queued = 0;
    try {
      for (; queued < waiting; queued++) {
        int answer = offer(queued + 1 == waiting);
        if (answer == NpaPlugin.NO_SPACE && queued != 0 && queued + 1 != waiting) {
          // The frames before were placed without a hint: the last word of this burst has one.
          answer = offer(true);
        }
        if (answer != NpaPlugin.QUEUED) {
          checkRefusal(answer);
          break;
        }
        tx.queued();
      }
      calls.leave(queued);
    } catch (Throwable thrown) {
      calls.fail(Fault.of(thrown));
    }
    return queued;
  }

  private int offer(boolean lastPktHint) {
    long address = tx.waitingOffset();
    int length = tx.waitingLength();
    fragments.set(tx.memory(), address, address, Math.min(length, FRAGMENT_BYTES));
    for (int at = FRAGMENT_BYTES; at < length; at += FRAGMENT_BYTES) {
      fragments.add(address + at, Math.min(length - at, FRAGMENT_BYTES));
    }
    return plugin.addFrameToTxRing(state, QUEUE, info, fragments, lastPktHint);
  }

  private void checkRefusal(int answer) {
    if (answer == NpaPlugin.UNSUPPORTED) {
      calls.fail(Fault.PLAIN_FRAME_REFUSED);
    } else if (answer != NpaPlugin.NO_SPACE) {
      calls.fail(Fault.BAD_RETURN_VALUE);
    }
  }
}
