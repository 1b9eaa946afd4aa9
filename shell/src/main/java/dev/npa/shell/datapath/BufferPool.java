// SPDX-License-Identifier: MIT
package dev.npa.shell.datapath;

/// Free buffers of one size, by guest-physical address; a stack, so that the one used last, still
/// in the cache, is used next.
public final class BufferPool {
  /// [#take]: none is free.
  public static final long NONE = 0;

  /// Buffers are this much further apart than they are long. At a distance of a power of two the
  /// heads of all buffers would share two sets of the first-level cache.
  static final int GAP_BYTES = 64;

  private final long base;
  private final int pitchBytes;
  private final long[] free;
  private int count;

  /// @param base address of the first buffer, a multiple of 64, not 0
  public BufferPool(long base, int buffers, int bufferBytes) {
    if (base == 0 || base % GAP_BYTES != 0) {
      throw new IllegalArgumentException("buffers of " + bufferBytes + " bytes at " + base);
    }
    this.base = base;
    this.pitchBytes = bufferBytes + GAP_BYTES;
    this.free = new long[buffers];
    reset();
  }

  /// All buffers are free.
  void reset() {
    count = 0;
    for (int i = free.length - 1; i >= 0; i--) {
      give(base + (long) i * pitchBytes);
    }
  }

  /// Memory that so many buffers take.
  public static long sizeBytes(int buffers, int bufferBytes) {
    return (long) buffers * (bufferBytes + GAP_BYTES);
  }

  /// @return address of a buffer, or [#NONE]
  long take() {
    if (count == 0) {
      return NONE;
    }
    count--;
    return free[count];
  }

  void give(long address) {
    free[count] = address;
    count++;
  }

  public int free() {
    return count;
  }

  public int size() {
    return free.length;
  }

  public long base() {
    return base;
  }

  public long sizeBytes() {
    return (long) free.length * pitchBytes;
  }
}
