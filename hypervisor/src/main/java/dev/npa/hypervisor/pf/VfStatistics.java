// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

/// What a virtual function counted.
///
/// @param received frames, without those from other local functions
/// @param receivedLocal frames from other local functions
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
}
