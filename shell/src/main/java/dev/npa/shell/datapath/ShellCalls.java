// SPDX-License-Identifier: MIT
package dev.npa.shell.datapath;

import dev.npa.plugin.RecvFrame;
import dev.npa.plugin.RxQueueHandle;
import dev.npa.plugin.TxQueueHandle;
import dev.npa.plugin.host.ShellServices;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a plugin may ask of the shell, each request checked.
///
/// The only implementor of [ShellServices], so that the calls in [dev.npa.plugin.ShellApi] stay
/// monomorphic whatever plugins are loaded. A broken rule is recorded as the path's [Fault] and
/// leaves the plugin with [ContractBroken].
final class ShellCalls implements ShellServices {
  /// Which entry point the plugin is in.
  static final int NOWHERE = 0;

  static final int CHECK_RX = 1;
  static final int ELSEWHERE = 2;

  private static final Logger LOG = LoggerFactory.getLogger("dev.npa.plugin");
  private static final int MAX_LOG_LINES = 100;
  private static final int MAX_LOG_CHARACTERS = 120;
  private static final int HIGHEST_LOG_LEVEL = 3;

  /// Register writes in one call into a plugin. A burst takes one or two, setting up a ring ten. Of
  /// those that trap each costs the device's thread a transaction.
  private static final int MAX_REGISTER_WRITES = 64;

  private final RxLedger rx;
  private final TxLedger tx;
  private final Traffic traffic;
  private final PluginClock clock;
  private int entryPoint = NOWHERE;
  private int maxFrames;
  private int units;
  private int registerWrites;
  private int logLines;
  private Fault fault = Fault.NONE;

  ShellCalls(RxLedger rx, TxLedger tx, Traffic traffic, LongSupplier nanoTime) {
    this.rx = rx;
    this.tx = tx;
    this.traffic = traffic;
    this.clock = new PluginClock(nanoTime);
  }

  /// A plugin is about to be called. One call at a time: a plugin's state, its fuel and the ledgers
  /// know one thread. A call still under way is another thread's, or one whose end was lost because
  /// the stack was full.
  ///
  /// @return whether it may be
  boolean enter(int newEntryPoint, int newMaxFrames) {
    if (entryPoint != NOWHERE) {
      fail(Fault.REENTERED);
    }
    if (fault != Fault.NONE) {
      return false;
    }
    clock.enter();
    entryPoint = newEntryPoint;
    maxFrames = newMaxFrames;
    units = 0;
    registerWrites = 0;
    return true;
  }

  /// The plugin has returned.
  ///
  /// @param framesOffered frames that the call was about, beside those it reported itself
  void leave(int framesOffered) {
    entryPoint = NOWHERE;
    if (clock.leave(units + framesOffered)) {
      fail(Fault.TOO_SLOW);
    }
  }

  void countRegisterWrite() {
    registerWrites++;
    if (registerWrites > MAX_REGISTER_WRITES) {
      throw broken(Fault.REGISTER_STORM);
    }
  }

  Fault fault() {
    return fault;
  }

  /// Records the first fault; later ones are its consequences.
  void fail(Fault broken) {
    entryPoint = NOWHERE;
    if (fault == Fault.NONE) {
      fault = broken;
    }
  }

  private ContractBroken broken(Fault rule) {
    fail(rule);
    return ContractBroken.INSTANCE;
  }

  private void checkEntered() {
    if (entryPoint == NOWHERE) {
      throw broken(Fault.CALL_OUTSIDE_ENTRY_POINT);
    }
  }

  @Override
  public long allocSmallBuffer(RxQueueHandle queue, int ringOffset) {
    return bind(queue, ringOffset, false);
  }

  @Override
  public long allocLargeBuffer(RxQueueHandle queue, int ringOffset) {
    return bind(queue, ringOffset, true);
  }

  private long bind(RxQueueHandle queue, int id, boolean large) {
    checkEntered();
    if (queue.queue() != 0) {
      throw broken(Fault.FOREIGN_HANDLE);
    }
    if (!rx.validId(id)) {
      throw broken(Fault.ID_OUT_OF_RANGE);
    }
    if (rx.isBound(id)) {
      throw broken(Fault.ID_ALREADY_BOUND);
    }
    units++;
    return rx.bind(id, large);
  }

  @Override
  public void indicateRecv(RxQueueHandle queue, RecvFrame frame) {
    if (entryPoint != CHECK_RX) {
      throw broken(
          entryPoint == NOWHERE ? Fault.CALL_OUTSIDE_ENTRY_POINT : Fault.INDICATE_OUTSIDE_CHECK_RX);
    }
    if (queue.queue() != 0) {
      throw broken(Fault.FOREIGN_HANDLE);
    }
    if (rx.frames() == maxFrames) {
      throw broken(Fault.TOO_MANY_FRAMES);
    }
    Fault wrong = rx.accept(frame);
    if (wrong != Fault.NONE) {
      throw broken(wrong);
    }
    units++;
  }

  @Override
  public void completeSend(TxQueueHandle queue, int numPkts) {
    checkEntered();
    if (queue.queue() != 0) {
      throw broken(Fault.FOREIGN_HANDLE);
    }
    if (!tx.complete(numPkts, traffic)) {
      throw broken(Fault.OVER_COMPLETION);
    }
    units += numPkts;
  }

  /// The first lines of a plugin are logged, the rest is dropped: a plugin can not flood the log.
  @Override
  public void log(int level, String message, long value) {
    checkEntered();
    if (level < 1 || level > HIGHEST_LOG_LEVEL || !printable(message)) {
      throw broken(Fault.BAD_LOG_MESSAGE);
    }
    if (logLines == MAX_LOG_LINES) {
      return;
    }
    logLines++;
    switch (level) {
      case 1 -> LOG.warn("{} {}", message, value);
      case 2 -> LOG.info("{} {}", message, value);
      default -> LOG.debug("{} {}", message, value);
    }
  }

  private static boolean printable(String message) {
    if (message.length() > MAX_LOG_CHARACTERS) {
      return false;
    }
    for (int i = 0; i < message.length(); i++) {
      if (message.charAt(i) < ' ' || message.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }
}
