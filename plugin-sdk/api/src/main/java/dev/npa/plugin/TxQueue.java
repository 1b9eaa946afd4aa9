// SPDX-License-Identifier: MIT
package dev.npa.plugin;

import java.util.Objects;

/// One transmit queue and its ring memory; the layout inside is the plugin's, as in [RxQueue].
public final class TxQueue {
  private final TxQueueHandle handle;
  private final DmaRegion ring;
  private final int ringSize;

  /// @throws IllegalArgumentException if `ringSize` is not one of the sizes that [#ringSize] names,
  ///   or `ring` is smaller than [#ring] promises
  @ShellOnly
  public TxQueue(TxQueueHandle handle, DmaRegion ring, int ringSize) {
    RingSize.check(ringSize, ring);
    this.handle = Objects.requireNonNull(handle);
    this.ring = ring;
    this.ringSize = ringSize;
  }

  /// The name of this queue in calls to [ShellApi].
  @Cost(5)
  public TxQueueHandle handle() {
    return handle;
  }

  /// The queue's memory, at least `64 * ringSize() + 8192` bytes.
  @Cost(5)
  public DmaRegion ring() {
    return ring;
  }

  /// Number of descriptors, a power of two, `64 <= ringSize() <= 4096`.
  @Cost(5)
  @Range(min = 64, max = 4096)
  public int ringSize() {
    return ringSize;
  }
}
