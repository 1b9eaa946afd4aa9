// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

import static dev.npa.nic.i82576.I82576Registers.MTA;

import dev.npa.nic.MacAddress;
import java.util.ArrayList;
import java.util.List;

/// The multicast table array (82576 data sheet, 8.10.14): 4096 hash bits, which all pools that
/// accept multicast by hash share. A pool may therefore get groups that only another one asked for.
final class MulticastFilters {
  private static final int WORDS = 128;

  private final Registers registers;
  private final List<List<MacAddress>> groups = new ArrayList<>();

  MulticastFilters(Registers registers, int pools) {
    this.registers = registers;
    for (int i = 0; i < pools; i++) {
      groups.add(List.of());
    }
    write();
  }

  void set(int pool, List<MacAddress> wanted) {
    groups.set(pool, List.copyOf(wanted));
    write();
  }

  private void write() {
    int[] table = new int[WORDS];
    for (List<MacAddress> ofPool : groups) {
      for (MacAddress group : ofPool) {
        int hash = hash(group);
        table[hash >> 5] |= 1 << hash;
      }
    }
    for (int i = 0; i < WORDS; i++) {
      registers.write(MTA + 4 * i, table[i]);
    }
  }

  /// With RCTL.MO = 0: bits 47:36 of the address in transmission order, least significant first.
  static int hash(MacAddress group) {
    int fifth = (int) (group.value() >> 8) & 0xFF;
    int sixth = (int) group.value() & 0xFF;
    return (fifth >> 4 | sixth << 4) & 0xFFF;
  }
}
