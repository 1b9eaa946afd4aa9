// SPDX-License-Identifier: MIT
package dev.npa.shell;

/// What became of the frames of a virtual function that ended: the shell's books compared with what
/// the device has counted.
///
/// An honest plugin leaves zeros everywhere but in the first three.
///
/// @param known whether the device gave its counters; if not, all that was in flight was sent
///   again, and some of it may have gone out twice
/// @param settled frames in flight that the device had sent or dropped already
/// @param resent frames that the device had not taken: they were sent again
/// @param falselyCompleted frames that the plugin reported as sent and the device never saw: lost
/// @param unasked frames that the device sent beyond those that were handed over
/// @param abandoned frames that the device had received and the plugin had not handed over: lost
/// @param invented frames that the plugin handed over beyond those that the device received
public record Reconciliation(
    boolean known,
    int settled,
    int resent,
    long falselyCompleted,
    long unasked,
    long abandoned,
    long invented) {

  /// Nothing was on its way.
  public static final Reconciliation NOTHING = new Reconciliation(true, 0, 0, 0, 0, 0, 0);

  static Reconciliation unknown(int resent) {
    return new Reconciliation(false, 0, resent, 0, 0, 0, 0);
  }
}
