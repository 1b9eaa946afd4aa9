// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

/// The two sizes of integers on the operand stack.
public enum Width {
  INT(Integer.SIZE, Integer.MIN_VALUE, Integer.MAX_VALUE),
  LONG(Long.SIZE, Long.MIN_VALUE, Long.MAX_VALUE);

  private final int bits;
  private final long min;
  private final long max;

  Width(int bits, long min, long max) {
    this.bits = bits;
    this.min = min;
    this.max = max;
  }

  int bits() {
    return bits;
  }

  long min() {
    return min;
  }

  public long max() {
    return max;
  }

  boolean holds(long number) {
    return number >= min && number <= max;
  }
}
