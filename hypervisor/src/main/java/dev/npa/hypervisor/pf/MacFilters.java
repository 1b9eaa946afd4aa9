// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

import static dev.npa.nic.i82576.I82576Registers.RAH;
import static dev.npa.nic.i82576.I82576Registers.RAH_AV;
import static dev.npa.nic.i82576.I82576Registers.RAH_POOL_SHIFT;
import static dev.npa.nic.i82576.I82576Registers.RAL;
import static dev.npa.nic.i82576.I82576Registers.RAL_HIGH;
import static dev.npa.nic.i82576.I82576Registers.RECEIVE_ADDRESSES;

import dev.npa.nic.MacAddress;

/// The 24 exact receive addresses (82576 data sheet, 8.10.15 and 8.10.16): which pools get frames
/// for which address.
final class MacFilters {
  private static final int LOW_ENTRIES = 16;
  private static final long FREE = -1;

  private final Registers registers;
  private final long[] address = new long[RECEIVE_ADDRESSES];
  private final int[] pools = new int[RECEIVE_ADDRESSES];

  MacFilters(Registers registers) {
    this.registers = registers;
    for (int i = 0; i < RECEIVE_ADDRESSES; i++) {
      address[i] = FREE;
      write(i);
    }
  }

  /// @return false if all entries are in use
  boolean add(MacAddress mac, int pool) {
    int entry = find(mac.value());
    if (entry < 0) {
      entry = find(FREE);
    }
    if (entry < 0) {
      return false;
    }
    address[entry] = mac.value();
    pools[entry] |= 1 << pool;
    write(entry);
    return true;
  }

  void remove(MacAddress mac, int pool) {
    int entry = find(mac.value());
    if (entry >= 0) {
      remove(entry, pool);
    }
  }

  void removeAll(int pool) {
    for (int i = 0; i < RECEIVE_ADDRESSES; i++) {
      remove(i, pool);
    }
  }

  private void remove(int entry, int pool) {
    if ((pools[entry] & 1 << pool) == 0) {
      return;
    }
    pools[entry] &= ~(1 << pool);
    if (pools[entry] == 0) {
      address[entry] = FREE;
    }
    write(entry);
  }

  private int find(long value) {
    for (int i = 0; i < RECEIVE_ADDRESSES; i++) {
      if (address[i] == value) {
        return i;
      }
    }
    return -1;
  }

  /// RAH first when it invalidates, last when it validates: no half of an address ever matches.
  private void write(int entry) {
    int low = entry < LOW_ENTRIES ? RAL + 8 * entry : RAL_HIGH + 8 * (entry - LOW_ENTRIES);
    int high = low + RAH - RAL;
    registers.write(high, 0);
    if (address[entry] != FREE) {
      MacAddress mac = new MacAddress(address[entry]);
      registers.write(low, mac.low());
      registers.write(high, RAH_AV | pools[entry] << RAH_POOL_SHIFT | mac.high());
    }
  }
}
