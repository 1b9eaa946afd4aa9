// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

/// What a virtual function counted.
///
/// @param received all frames, `receivedLocal` those of them from other local functions
public record VfStatistics(
    long received,
    long receivedBytes,
    long receivedLocal,
    long receivedLocalBytes,
    long sent,
    long sentBytes,
    long multicastReceived,
    long receiveDropped) {

  public static final VfStatistics ZERO = new VfStatistics(0, 0, 0, 0, 0, 0, 0, 0);

  public VfStatistics plus(VfStatistics more) {
    return new VfStatistics(
        received + more.received,
        receivedBytes + more.receivedBytes,
        receivedLocal + more.receivedLocal,
        receivedLocalBytes + more.receivedLocalBytes,
        sent + more.sent,
        sentBytes + more.sentBytes,
        multicastReceived + more.multicastReceived,
        receiveDropped + more.receiveDropped);
  }

  public VfStatistics minus(VfStatistics less) {
    return new VfStatistics(
        received - less.received,
        receivedBytes - less.receivedBytes,
        receivedLocal - less.receivedLocal,
        receivedLocalBytes - less.receivedLocalBytes,
        sent - less.sent,
        sentBytes - less.sentBytes,
        multicastReceived - less.multicastReceived,
        receiveDropped - less.receiveDropped);
  }
}
