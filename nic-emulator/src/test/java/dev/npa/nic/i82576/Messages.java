// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import dev.npa.nic.pci.MessageTarget;
import java.util.ArrayList;
import java.util.List;

/// An interrupt controller at FEE00000h that remembers the data of what it was sent.
final class Messages implements MessageTarget {
  static final int ADDRESS = 0xFEE0_0000;
  private final List<Integer> data = new ArrayList<>();

  @Override
  public synchronized boolean message(long address, int value) {
    if (address != Integer.toUnsignedLong(ADDRESS)) {
      return false;
    }
    data.add(value);
    return true;
  }

  /// What was sent since last asked.
  synchronized List<Integer> take() {
    List<Integer> taken = List.copyOf(data);
    data.clear();
    return taken;
  }
}
