// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.read.Caps;

/// `symbol + offset`, where the symbol stands for what a local or a field holds now.
///
/// As an equation it holds modulo the width of the value; as an upper bound it holds as written.
record Term(int symbol, long offset) {
  static final int NO_SYMBOL = -1;
  static final Term NONE = new Term(NO_SYMBOL, 0);

  /// Offsets beyond this are not tracked: sums of two never overflow, and none is of use.
  private static final long LARGEST = 1L << 32;

  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof Term that && symbol == that.symbol && offset == that.offset;
  }

  @Override
  public int hashCode() {
    return 31 * symbol + Long.hashCode(offset);
  }

  /// The terms of locals themselves, which are asked for at every load.
  private static final Term[] LOCALS = new Term[Caps.LOCALS];

  static {
    for (int i = 0; i < LOCALS.length; i++) {
      LOCALS[i] = new Term(i, 0);
    }
  }

  static Term of(int symbol, long offset) {
    if (offset == 0 && symbol >= 0 && symbol < LOCALS.length) {
      return LOCALS[symbol];
    }
    return symbol == NO_SYMBOL || Math.abs(offset) > LARGEST ? NONE : new Term(symbol, offset);
  }

  boolean isKnown() {
    return symbol != NO_SYMBOL;
  }

  Term plus(long more) {
    return isKnown() && Math.abs(more) <= LARGEST ? of(symbol, offset + more) : NONE;
  }
}
