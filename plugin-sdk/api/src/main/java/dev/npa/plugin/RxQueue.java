// SPDX-License-Identifier: MIT
package dev.npa.plugin;

import java.util.Objects;

/// One receive queue: its ring memory and the objects used on it.
///
/// The plugin decides the layout inside [#ring]: descriptors, completion entries, a status block.
/// The region holds at least `64 * ringSize() + 8192` bytes and starts on a page boundary.
public final class RxQueue {
  private final RxQueueHandle handle;
  private final DmaRegion ring;
  private final int ringSize;
  private final RecvFrame recvFrame = new RecvFrame();

  /// @throws IllegalArgumentException if `ringSize` is not one of the sizes that [#ringSize] names,
  ///   or `ring` is smaller than [#ring] promises
  @ShellOnly
  public RxQueue(RxQueueHandle handle, DmaRegion ring, int ringSize) {
    RingSize.check(ringSize, ring);
    this.handle = Objects.requireNonNull(handle);
    this.ring = ring;
    this.ringSize = ringSize;
  }

  /// The name of this queue in calls to [ShellApi].
  @Cost(5)
  public RxQueueHandle handle() {
    return handle;
  }

  /// The queue's memory.
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

  /// The frame description to fill for [ShellApi#indicateRecv]; one per queue, reused.
  @Cost(5)
  public RecvFrame recvFrame() {
    return recvFrame;
  }
}
