// SPDX-License-Identifier: MIT
package dev.npa.shell.datapath;

/// Free buffers of one size, by guest-physical address; a stack, so that the one used last, still
/// in the cache, is used next.
public final class BufferPool {
  /// [#take]: none is free.
  public static final long NONE = 0;

  private final long base;
  private final int bufferBytes;
  private final long[] free;
  private int count;

  /// @param base address of the first buffer, a multiple of `bufferBytes`, not 0
  public BufferPool(long base, int buffers, int bufferBytes) {
    if (base == 0 || base % bufferBytes != 0) {
      throw new IllegalArgumentException("buffers of " + bufferBytes + " bytes at " + base);
    }
    this.base = base;
    this.bufferBytes = bufferBytes;
    this.free = new long[buffers];
    for (int i = buffers - 1; i >= 0; i--) {
      give(base + (long) i * bufferBytes);
    }
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
    return (long) free.length * bufferBytes;
  }
}
