// SPDX-License-Identifier: MIT
package dev.npa.plugin;

/// How large a ring is, and the memory that comes with it.
@ShellOnly
final class RingSize {
  static final int MIN = 64;
  static final int MAX = 4096;
  private static final int BYTES_PER_DESCRIPTOR = 64;
  private static final int EXTRA_BYTES = 8192;

  private RingSize() {}

  static void check(int descriptors, DmaRegion ring) {
    if (descriptors < MIN || descriptors > MAX || Integer.bitCount(descriptors) != 1) {
      throw new IllegalArgumentException(
          "a ring of " + descriptors + " descriptors; known are powers of two from 64 to 4096");
    }
    int leastBytes = BYTES_PER_DESCRIPTOR * descriptors + EXTRA_BYTES;
    if (ring.sizeBytes() < leastBytes) {
      throw new IllegalArgumentException(
          "a ring of "
              + descriptors
              + " descriptors in "
              + ring.sizeBytes()
              + " < "
              + leastBytes
              + " bytes");
    }
  }
}
