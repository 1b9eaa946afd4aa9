// SPDX-License-Identifier: MIT
package dev.npa.shell.guest;

import java.lang.foreign.MemorySegment;

/// The guest's network stack: takes the frames that the shell receives.
///
/// Called on the vCPU thread, in order, outside of any plugin, so both methods may send.
public interface GuestStack {
  /// Takes one frame, without FCS. The stack copies what it keeps before it returns.
  ///
  /// @param memory holds the frame in one piece
  /// @param offset first byte of the frame in `memory`
  /// @param lengthBytes length of the frame, `>= 1`
  void receive(MemorySegment memory, long offset, int lengthBytes);

  /// Ends a burst of frames.
  void receiveDone();
}
