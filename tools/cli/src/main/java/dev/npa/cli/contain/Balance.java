// SPDX-License-Identifier: MIT
package dev.npa.cli.contain;

import dev.npa.hypervisor.VmStatistics;
import dev.npa.shell.Reconciliation;
import dev.npa.testbed.Guest;

/// What the counters say of frames that a guest has sent and received, to be compared with what
/// arrived.
///
/// @param falselyCompleted reported as sent by a plugin and never sent
/// @param unasked sent by a plugin beyond what it was given
/// @param abandoned received by a function whose plugin did not hand them over
/// @param invented handed over by a plugin and never received
/// @param sendDropped dropped by the guest's functions instead of being sent
/// @param receiveDropped dropped by the guest's functions instead of being received
/// @param switchDropped dropped by the virtual switch at the guest's port, either way
record Balance(
    long falselyCompleted,
    long unasked,
    long abandoned,
    long invented,
    long sendDropped,
    long receiveDropped,
    long switchDropped) {

  /// Everything that was counted for a guest so far.
  static Balance of(Guest guest) {
    long falselyCompleted = 0;
    long unasked = 0;
    long abandoned = 0;
    long invented = 0;
    for (var entry : guest.call(() -> guest.shell().switchLog())) {
      Reconciliation books = entry.books();
      falselyCompleted += books.falselyCompleted();
      unasked += books.unasked();
      abandoned += books.abandoned();
      invented += books.invented();
    }
    VmStatistics host = guest.vm().statistics();
    return new Balance(
        falselyCompleted,
        unasked,
        abandoned,
        invented,
        host.passthrough().sendDropped(),
        host.passthrough().receiveDropped(),
        host.emulated().dropped());
  }

  Balance minus(Balance before) {
    return new Balance(
        falselyCompleted - before.falselyCompleted,
        unasked - before.unasked,
        abandoned - before.abandoned,
        invented - before.invented,
        sendDropped - before.sendDropped,
        receiveDropped - before.receiveDropped,
        switchDropped - before.switchDropped);
  }

  /// Frames of a flow from a guest with this balance to one with another that nobody can account
  /// for: not arrived and not counted as lost, or arrived and not sent.
  long unaccounted(CountedFlow.Tally flow, Balance receiver) {
    long came = flow.sent() + unasked + receiver.invented;
    long went =
        flow.arrived()
            + falselyCompleted
            + sendDropped
            + receiver.receiveDropped
            + receiver.abandoned;
    return came - went;
  }
}
