// SPDX-License-Identifier: MIT
package dev.npa.plugin;

/// One transmit queue and its ring memory; the layout inside is the plugin's, as in [RxQueue].
public final class TxQueue {
  private final TxQueueHandle handle;
  private final DmaRegion ring;
  private final int ringSize;

  @ShellOnly
  public TxQueue(TxQueueHandle handle, DmaRegion ring, int ringSize) {
    this.handle = handle;
    this.ring = ring;
    this.ringSize = ringSize;
  }

  /// The name of this queue in calls to [ShellApi].
  public TxQueueHandle handle() {
    return handle;
  }

  /// The queue's memory, at least `64 * ringSize() + 8192` bytes.
  public DmaRegion ring() {
    return ring;
  }

  /// Number of descriptors, a power of two, `64 <= ringSize() <= 4096`.
  public int ringSize() {
    return ringSize;
  }
}
