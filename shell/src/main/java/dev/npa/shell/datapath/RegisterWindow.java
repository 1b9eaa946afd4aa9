// SPDX-License-Identifier: MIT
package dev.npa.shell.datapath;

import dev.npa.plugin.MmioRegion;
import dev.npa.plugin.host.RegisterTrap;
import java.lang.foreign.MemorySegment;

/// A function's registers before a plugin gets hold of them.
///
/// @param memory the BAR as memory
/// @param doorbells one bit per register, see [MmioRegion]
/// @param device receives what is no doorbell, and hears of doorbells
public record RegisterWindow(MemorySegment memory, long[] doorbells, RegisterTrap device) {

  /// The registers for a plugin, whose writes are counted.
  MmioRegion countedBy(ShellCalls calls) {
    return new MmioRegion(
        memory,
        doorbells,
        new RegisterTrap() {
          @Override
          public void write32(int offset, int value) {
            calls.countRegisterWrite();
            device.write32(offset, value);
          }

          @Override
          public void doorbellRung() {
            calls.countRegisterWrite();
            device.doorbellRung();
          }
        });
  }
}
