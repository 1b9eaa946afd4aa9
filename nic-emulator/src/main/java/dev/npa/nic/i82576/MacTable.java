// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import java.util.Arrays;

/// Exact addresses and the pools they belong to: an open-addressing table, since it is looked into
/// once per frame. At most [I82576Registers#RECEIVE_ADDRESSES] entries.
final class MacTable {
  private static final int SLOTS = 64;
  private static final int HASH_SHIFT = 58; // log2(SLOTS) bits remain
  private static final long HASH_FACTOR = 0x9E37_79B9_7F4A_7C15L; // 2^64 / golden ratio
  private static final long EMPTY = -1;

  private final long[] addresses = new long[SLOTS];
  private final int[] pools = new int[SLOTS];

  MacTable() {
    clear();
  }

  void clear() {
    Arrays.fill(addresses, EMPTY);
    Arrays.fill(pools, 0);
  }

  /// Adds pools to those that an address has.
  void add(long address, int poolBits) {
    int slot = slot(address);
    addresses[slot] = address;
    pools[slot] |= poolBits;
  }

  /// The pools of an address; 0 if it is in no entry.
  int pools(long address) {
    return pools[slot(address)];
  }

  private int slot(long address) {
    int slot = (int) (address * HASH_FACTOR >>> HASH_SHIFT);
    while (addresses[slot] != address && addresses[slot] != EMPTY) {
      slot = slot + 1 & SLOTS - 1;
    }
    return slot;
  }
}
