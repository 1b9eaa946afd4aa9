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

  /// Takes frames from the beginning of a part of a burst, if they are alike and go a short way.
  /// Whatever it leaves, the caller offers the next frame by itself.
  ///
  /// What the receiver decides by a frame's first 16 bytes it decides by those that the burst
  /// holds, and they are what it keeps: `memory` may be written to meanwhile.
  ///
  /// @param from first frame of the part
  /// @param to behind its last, `from < to`
  /// @return number of frames taken, all of them with the same addresses; 0 says nothing about the
  ///   next
  default int offer(MemorySegment memory, FrameBurst burst, int from, int to) {
    return 0;
  }

  /// Ends a burst of offers: the receiver publishes what it took and signals once.
  void flush();
}
