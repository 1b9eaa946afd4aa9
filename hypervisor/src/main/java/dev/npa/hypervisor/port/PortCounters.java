// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.port;

import java.util.Map;

/// A port's counters at one moment; all since the port was made.
///
/// @param fromGuestFrames frames that the switch took from the guest and forwarded
/// @param toGuestFrames frames that the guest's device took
/// @param backlogFrames frames that wait now
/// @param drops reasons that occurred, with their numbers
public record PortCounters(
    long fromGuestFrames,
    long fromGuestBytes,
    long toGuestFrames,
    long toGuestBytes,
    int backlogFrames,
    Map<DropReason, Long> drops) {

  public PortCounters {
    drops = Map.copyOf(drops);
  }

  /// All frames dropped, in both directions.
  public long dropped() {
    return drops.values().stream().mapToLong(Long::longValue).sum();
  }
}
