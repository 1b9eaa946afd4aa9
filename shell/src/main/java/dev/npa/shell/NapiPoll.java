// SPDX-License-Identifier: MIT
package dev.npa.shell;

import dev.npa.shell.datapath.PacketPath;
import dev.npa.shell.guest.GuestStack;
import dev.npa.shell.guest.InterruptController;
import dev.npa.shell.vmxnet3.Vmxnet3Control;

/// Polls the path in use, in the manner of Linux' NAPI: an interrupt starts polling, the vector is
/// masked while there is work, and unmasked when there has been none for a while.
///
/// Waiting for some empty rounds before unmasking saves a pair of traps per burst under load.
final class NapiPoll {
  private static final int BUDGET = 64;
  private static final int IDLE_ROUNDS_BEFORE_UNMASK = 1_000;

  private final InterruptController interrupts;
  private final int vector;
  private final GuestStack stack;
  private PacketPath path;
  private boolean polling = true; // A new path may have work before its first interrupt.
  private int idleRounds;

  NapiPoll(InterruptController interrupts, int vector, GuestStack stack, PacketPath path) {
    this.interrupts = interrupts;
    this.vector = vector;
    this.stack = stack;
    this.path = path;
  }

  static int budget() {
    return BUDGET;
  }

  PacketPath path() {
    return path;
  }

  /// Polls another path from now on.
  void route(PacketPath newPath) {
    path = newPath;
    polling = true;
    idleRounds = 0;
  }

  /// @return whether to poll again soon; false only when an interrupt will tell
  boolean poll() {
    if (!polling) {
      if (!interrupts.take(vector)) {
        return false;
      }
      polling = true;
      path.disableInterrupt(Vmxnet3Control.QUEUE_VECTOR);
    }
    if (path.poll(BUDGET, stack) != 0) {
      idleRounds = 0;
    } else if (++idleRounds == IDLE_ROUNDS_BEFORE_UNMASK) {
      polling = false;
      idleRounds = 0;
      // What became pending while masked raises the interrupt now: the plugin contract says so.
      path.enableInterrupt(Vmxnet3Control.QUEUE_VECTOR);
    }
    return true;
  }

  /// Empties a path whose device has stopped: everything it will ever say is in memory.
  ///
  /// @param most frames that its rings can hold
  /// @return whether it came to an end; false if there was more, which is no device's doing
  boolean drain(PacketPath stopped, int most) {
    int work = 0;
    int done = 0;
    do {
      done = stopped.poll(BUDGET, stack);
      work += done;
    } while (done != 0 && work <= most);
    return done == 0;
  }
}
