// SPDX-License-Identifier: MIT
package dev.npa.plugin;

/// One receive queue: its ring memory and the objects used on it.
///
/// The plugin decides the layout inside [#ring]: descriptors, completion entries, a status block.
/// The region holds at least `64 * ringSize() + 8192` bytes and starts on a page boundary.
public final class RxQueue {
  private final RxQueueHandle handle;
  private final DmaRegion ring;
  private final int ringSize;
  private final RecvFrame recvFrame = new RecvFrame();

  @ShellOnly
  public RxQueue(RxQueueHandle handle, DmaRegion ring, int ringSize) {
    this.handle = handle;
    this.ring = ring;
    this.ringSize = ringSize;
  }

  /// The name of this queue in calls to [ShellApi].
  public RxQueueHandle handle() {
    return handle;
  }

  /// The queue's memory.
  public DmaRegion ring() {
    return ring;
  }

  /// Number of descriptors, a power of two, `64 <= ringSize() <= 4096`.
  public int ringSize() {
    return ringSize;
  }

  /// The frame description to fill for [ShellApi#indicateRecv]; one per queue, reused.
  public RecvFrame recvFrame() {
    return recvFrame;
  }
}
