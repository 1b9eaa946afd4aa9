// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.vswitch;

import java.util.Arrays;

/// Which port an address belongs to: open addressing, at most half full, rebuilt on every change.
///
/// Nothing is learnt from frames: NPA gives the switch every address explicitly.
final class MacTable {
  private static final long FREE = -1; // No address is negative.

  private long[] addresses = {FREE, FREE};
  private SwitchPort[] ports = new SwitchPort[2];
  private int mask = 1;

  /// Takes the addresses of these ports; if two have the same one, the first keeps it.
  void rebuild(SwitchPort[] all) {
    int capacity = Math.max(2, Integer.highestOneBit(all.length) * 4);
    addresses = new long[capacity];
    Arrays.fill(addresses, FREE);
    ports = new SwitchPort[capacity];
    mask = capacity - 1;
    for (SwitchPort port : all) {
      int slot = slot(port.macValue());
      if (addresses[slot] == FREE) {
        addresses[slot] = port.macValue();
        ports[slot] = port;
      }
    }
  }

  /// The port with this address, or `none`.
  SwitchPort find(long address, SwitchPort none) {
    int slot = slot(address);
    return addresses[slot] == FREE ? none : ports[slot];
  }

  private int slot(long address) {
    int slot = (int) (address * 0x9E37_79B9_7F4A_7C15L >>> 32) & mask;
    while (addresses[slot] != FREE && addresses[slot] != address) {
      slot = slot + 1 & mask;
    }
    return slot;
  }
}
