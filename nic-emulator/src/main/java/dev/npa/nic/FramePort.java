// SPDX-License-Identifier: MIT
package dev.npa.nic;

import java.lang.foreign.MemorySegment;

/// Takes Ethernet frames, in bursts, from a device, a virtual switch or a wire.
///
/// Called on the device thread only. Frames come without FCS, in order.
public interface FramePort {
  /// Offers one frame. The receiver copies what it keeps before it returns.
  ///
  /// @param memory holds the frame
  /// @param offset first byte of the frame in `memory`
  /// @param lengthBytes length of the frame, `>= 1`
  /// @return whether the frame was taken; false means no room now, and the frame is still the
  ///   caller's to offer again or to count as dropped
  boolean offer(MemorySegment memory, long offset, int lengthBytes);

  /// Ends a burst of offers: the receiver publishes what it took and signals once.
  void flush();
}
