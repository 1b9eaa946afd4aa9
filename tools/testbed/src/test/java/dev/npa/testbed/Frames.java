// SPDX-License-Identifier: MIT
package dev.npa.testbed;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Ethernet frames made for tests, and the two stations they go between.
final class Frames {
  static final long ALICE = 0x02_00_5E_00_53_0AL;
  static final long BOB = 0x02_00_5E_00_53_0BL;

  private Frames() {}

  /// A frame whose bytes behind the type count up.
  static byte[] frame(long source, long destination, int length, int type) {
    ByteBuffer frame = ByteBuffer.allocate(Math.max(length, 14));
    frame.putShort((short) (destination >>> 32)).putInt((int) destination);
    frame.putShort((short) (source >>> 32)).putInt((int) source);
    frame.putShort((short) type);
    for (int i = 0; frame.hasRemaining(); i++) {
      frame.put((byte) i);
    }
    return Arrays.copyOf(frame.array(), length);
  }
}
