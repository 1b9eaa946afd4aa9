// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import dev.npa.nic.offload.FrameHeaders;
import dev.npa.nic.offload.TcpSegmentation;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Memory in which a transmit queue gathers frames. It outlives the queue: a guest may activate its
/// device as often as it likes, and native memory goes back only when the collector gets to it.
///
/// @param buffer [#BYTES] of it
record TxScratch(MemorySegment buffer, TcpSegmentation segmentation) {
  /// The frame starts here; before it is room for a tag.
  static final int START = 16;

  static final int MAX_TSO_BYTES = 65_535 + FrameHeaders.ETHERNET_BYTES;

  private static final int BYTES = START + MAX_TSO_BYTES;

  static TxScratch allocate() {
    return new TxScratch(Arena.ofAuto().allocate(BYTES, 8), new TcpSegmentation());
  }
}
