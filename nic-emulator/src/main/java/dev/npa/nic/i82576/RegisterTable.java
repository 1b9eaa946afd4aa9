// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

/// Registers that are no more than storage: per register a value, a reset value, and a mask of the
/// bits that software may write. What was not defined reads as 0 and takes no write.
final class RegisterTable {
  private final int[] values;
  private final int[] resets;
  private final int[] writable;

  RegisterTable(int sizeBytes) {
    values = new int[sizeBytes / 4];
    resets = new int[sizeBytes / 4];
    writable = new int[sizeBytes / 4];
  }

  void define(int offset, int writableMask, int reset) {
    writable[offset / 4] = writableMask;
    resets[offset / 4] = reset;
    values[offset / 4] = reset;
  }

  void defineArray(int offset, int count, int strideBytes, int writableMask, int reset) {
    for (int i = 0; i < count; i++) {
      define(offset + i * strideBytes, writableMask, reset);
    }
  }

  int read(int offset) {
    return values[offset / 4];
  }

  /// Software's write.
  void write(int offset, int value) {
    int mask = writable[offset / 4];
    values[offset / 4] = values[offset / 4] & ~mask | value & mask;
  }

  /// The device's write: any bit.
  void set(int offset, int value) {
    values[offset / 4] = value;
  }

  void reset() {
    System.arraycopy(resets, 0, values, 0, values.length);
  }
}
