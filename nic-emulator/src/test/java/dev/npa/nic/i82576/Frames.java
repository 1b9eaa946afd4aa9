// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import java.nio.ByteBuffer;
import java.util.Random;

/// Makes Ethernet frames.
final class Frames {
  static final long BROADCAST = 0xFFFF_FFFF_FFFFL;
  static final long MULTICAST = 0x0100_5E00_0001L;
  static final long STRANGER = 0x0200_0000_9999L;

  private Frames() {}

  /// The address of a pool's function in [TestBed].
  static long mac(int pool) {
    return 0x0200_0000_0010L + pool;
  }

  /// A frame with a payload that depends on addresses and length.
  static byte[] frame(long destination, long source, int lengthBytes) {
    return fill(destination, source, 0x88B5, lengthBytes);
  }

  static byte[] tagged(long destination, long source, int tag, int lengthBytes) {
    byte[] frame = fill(destination, source, 0x8100, lengthBytes);
    ByteBuffer.wrap(frame).putShort(14, (short) tag).putShort(16, (short) 0x88B5);
    return frame;
  }

  private static byte[] fill(long destination, long source, int etherType, int lengthBytes) {
    byte[] frame = new byte[lengthBytes];
    new Random(31 * destination + source + lengthBytes).nextBytes(frame);
    ByteBuffer.wrap(frame)
        .putShort(0, (short) (destination >>> 32))
        .putInt(2, (int) destination)
        .putShort(6, (short) (source >>> 32))
        .putInt(8, (int) source)
        .putShort(12, (short) etherType);
    return frame;
  }
}
