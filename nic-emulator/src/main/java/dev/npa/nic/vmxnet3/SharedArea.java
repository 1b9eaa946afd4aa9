// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import dev.npa.nic.vmxnet3.abi.DriverShared;
import java.lang.foreign.MemorySegment;

/// The DriverShared block of an active device: events, interrupt control, command parameters.
///
/// The driver may change what is in it at any time; each field is read once per use.
final class SharedArea {
  private final MemorySegment memory;
  private final long start;

  /// @param start offset of the block in `memory`, a multiple of 8
  SharedArea(MemorySegment memory, long start) {
    this.memory = memory;
    this.start = start;
  }

  /// Adds events to those not acknowledged. Only the device writes the field.
  void addEvents(int events) {
    int now = LittleEndian.getInt(memory, start + DriverShared.ECR);
    LittleEndian.setIntRelease(memory, start + DriverShared.ECR, now | events);
  }

  void acknowledgeEvents(int events) {
    int now = LittleEndian.getInt(memory, start + DriverShared.ECR);
    LittleEndian.setIntRelease(memory, start + DriverShared.ECR, now & ~events);
  }

  boolean interruptsDisabled() {
    return (LittleEndian.getIntAcquire(memory, start + DriverShared.INTR_CTRL) & 1) != 0;
  }

  int getInt(int offset) {
    return LittleEndian.getInt(memory, start + offset);
  }

  int getShort(int offset) {
    return LittleEndian.getShort(memory, start + offset);
  }

  long getLong(int offset) {
    return LittleEndian.getLong(memory, start + offset);
  }
}
