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
    long first = tx.next();
    int waiting = Math.min(tx.waiting(), MAX_BURST);
    if (waiting == 0 || !enter(ShellCalls.ELSEWHERE, 0)) {
      return 0;
    }
    try {
      checkRefusal(place(first, waiting));
      calls.leave((int) (tx.next() - first));
    } catch (Throwable thrown) {
      calls.fail(Fault.of(thrown));
    }
    return (int) (tx.next() - first);
  }

  /// Offers waiting frames. The last has a call of its own: in the loop the hint is the constant
  /// false, so that nothing of what the plugin does to publish is in the loop when it is inlined.
  ///
  /// @return the last answer
  private int place(long first, int frames) {
    int answer = NpaPlugin.QUEUED;
    int placed = 0;
    for (; placed < frames - 1; placed++) {
      answer = offer(first + placed, false);
      if (answer != NpaPlugin.QUEUED) {
        break;
      }
      tx.queuedUpTo(first + placed + 1);
    }
    // The last word of a burst has the hint, that too by which a full ring ends it.
    if (answer == NpaPlugin.QUEUED || answer == NpaPlugin.NO_SPACE && placed != 0) {
      answer = offer(first + placed, true);
      if (answer == NpaPlugin.QUEUED) {
        tx.queuedUpTo(first + placed + 1);
      }
    }
    return answer;
  }

  private int offer(long position, boolean lastPktHint) {
    long address = tx.offsetAt(position);
    int length = tx.lengthAt(position);
    fragments.set(tx.memory(), address, address, Math.min(length, FRAGMENT_BYTES));
    if (length > FRAGMENT_BYTES) {
      addFragments(address, length);
    }
    return plugin.addFrameToTxRing(state, QUEUE, info, fragments, lastPktHint);
  }

  private void addFragments(long address, int length) {
    for (int at = FRAGMENT_BYTES; at < length; at += FRAGMENT_BYTES) {
      fragments.add(address + at, Math.min(length - at, FRAGMENT_BYTES));
    }
  }

  private void checkRefusal(int answer) {
    if (answer == NpaPlugin.UNSUPPORTED) {
      calls.fail(Fault.PLAIN_FRAME_REFUSED);
    } else if (answer != NpaPlugin.QUEUED && answer != NpaPlugin.NO_SPACE) {
      calls.fail(Fault.BAD_RETURN_VALUE);
    }
  }
}
