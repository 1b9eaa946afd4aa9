// SPDX-License-Identifier: MIT
package dev.npa.shell.vmxnet3;

import dev.npa.plugin.DmaRegion;
import dev.npa.plugin.RxQueueHandle;
import dev.npa.plugin.ShellApi;

/// One of a receive queue's two rings of empty buffers: ring 0 of small HEAD buffers, ring 1 of
/// large BODY buffers for what does not fit in the first.
///
/// ```
/// RxDesc  +0 address u64 | +8 length 13:0, body 14, gen 31
/// ```
///
/// The device may pass over a buffer, or report an error for it. Such a buffer stays *held*: it
/// goes back into its slot when the ring comes round, without asking the shell for another.
final class Vmxnet3CommandRing {
  private static final int GEN = 1 << 31;
  private static final int BODY = 1 << 14;

  private final DmaRegion memory;
  private final int offset;
  private final int size;
  private final int mask;
  private final boolean large;
  private final boolean[] held;

  // Free-running; the slot is the counter modulo size, the lap's parity gives the generation.
  private int posted;
  private int consumed;

  Vmxnet3CommandRing(DmaRegion memory, int offset, int size, boolean large) {
    this.memory = memory;
    this.offset = offset;
    this.size = size;
    this.mask = size - 1;
    this.large = large;
    this.held = new boolean[size];
  }

  void reset() {
    for (int slot = 0; slot < size; slot++) {
      int at = offset + slot * Vmxnet3RingLayout.DESCRIPTOR_BYTES;
      memory.write64(at, 0);
      memory.write64(at + 8, 0);
      held[slot] = false;
    }
    posted = 0;
    consumed = 0;
  }

  /// Fills free slots, one less than the ring has.
  ///
  /// @return whether a buffer was posted
  boolean fill(ShellApi shell, RxQueueHandle queue) {
    int kind = large ? ShellApi.LARGE_BUFFER_BYTES | BODY : ShellApi.SMALL_BUFFER_BYTES;
    int first = posted;
    int room = size - 1 - (first - consumed);
    int added = 0;
    for (; added < room; added++) {
      int slot = first + added & mask;
      int at = offset + slot * Vmxnet3RingLayout.DESCRIPTOR_BYTES;
      if (!held[slot]) {
        long iova =
            large
                ? shell.allocLargeBuffer(queue, size + slot)
                : shell.allocSmallBuffer(queue, slot);
        if (iova == 0) {
          break;
        }
        memory.write64(at, iova);
        held[slot] = true;
      }
      int gen = (first + added & size) == 0 ? GEN : 0;
      // Release: the address is there before the generation bit hands the slot over.
      memory.writeRelease32(at + 8, kind | gen);
    }
    posted = first + added;
    return added != 0;
  }

  /// The next slot to post, as the producer register wants it.
  int producer() {
    return posted & mask;
  }

  /// The device is done with this slot and with those before it.
  void consumed(int slot) {
    consumed += ((slot - consumed) & mask) + 1;
  }

  /// The buffer in this slot goes to the shell.
  void release(int slot) {
    held[slot & mask] = false;
  }
}
