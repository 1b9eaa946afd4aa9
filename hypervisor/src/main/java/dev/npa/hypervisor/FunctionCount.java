// SPDX-License-Identifier: MIT
package dev.npa.hypervisor;

import dev.npa.hypervisor.pf.VfStatistics;
import dev.npa.nic.vmxnet3.Vmxnet3Host.FunctionCounters;

/// What one virtual function has done for its guest, kept in place: the guest asks often, while its
/// traffic runs.
final class FunctionCount implements FunctionCounters {
  private static final int FCS_BYTES = 4;

  private final VfStatistics statistics = new VfStatistics();
  private long malformed;
  private long forged;
  private long refused;

  /// What the physical function says; it adds to this.
  VfStatistics statistics() {
    return statistics;
  }

  /// Takes over what else is known of the function.
  void look(VfGrant grant) {
    malformed = grant.framesMalformed();
    forged = grant.framesForged();
    refused = grant.framesRefused();
  }

  void clear() {
    statistics.clear();
    malformed = 0;
    forged = 0;
    refused = 0;
  }

  @Override
  public long framesSent() {
    return statistics.sent();
  }

  @Override
  public long bytesSent() {
    return statistics.sentBytes() - FCS_BYTES * statistics.sent();
  }

  @Override
  public long framesMalformed() {
    return malformed;
  }

  @Override
  public long framesForged() {
    return forged;
  }

  @Override
  public long framesReceived() {
    return statistics.received();
  }

  @Override
  public long bytesReceived() {
    return statistics.receivedBytes() - FCS_BYTES * statistics.received();
  }

  @Override
  public long framesMissed() {
    return statistics.receiveDropped();
  }

  @Override
  public long framesRefused() {
    return refused;
  }
}
