// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

import dev.npa.nic.pci.Bar;

/// The physical function's registers, with read-modify-write.
record Registers(Bar bar) {
  int read(int offset) {
    return bar.read32(offset);
  }

  void write(int offset, int value) {
    bar.write32(offset, value);
  }

  void set(int offset, int bits) {
    write(offset, read(offset) | bits);
  }

  void clear(int offset, int bits) {
    write(offset, read(offset) & ~bits);
  }

  void assign(int offset, int bits, boolean on) {
    if (on) {
      set(offset, bits);
    } else {
      clear(offset, bits);
    }
  }
}
