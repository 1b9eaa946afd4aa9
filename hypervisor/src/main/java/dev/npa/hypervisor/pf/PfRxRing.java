// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

import static dev.npa.hypervisor.pf.HostRings.BUFFER_BYTES;
import static dev.npa.hypervisor.pf.HostRings.DESCRIPTOR_BYTES;
import static dev.npa.hypervisor.pf.HostRings.INT;
import static dev.npa.hypervisor.pf.HostRings.LONG;
import static dev.npa.hypervisor.pf.HostRings.RX_BUFFERS;
import static dev.npa.hypervisor.pf.HostRings.RX_DESCRIPTORS;
import static dev.npa.hypervisor.pf.HostRings.RX_DONE;
import static dev.npa.hypervisor.pf.HostRings.RX_END_OF_PACKET;
import static dev.npa.hypervisor.pf.HostRings.RX_ERROR;
import static dev.npa.hypervisor.pf.HostRings.RX_LENGTH;
import static dev.npa.hypervisor.pf.HostRings.RX_LENGTH_MASK;
import static dev.npa.hypervisor.pf.HostRings.RX_RING;
import static dev.npa.hypervisor.pf.HostRings.RX_STATUS;

import dev.npa.nic.FramePort;
import dev.npa.nic.pci.Bar;
import java.lang.foreign.MemorySegment;

/// The physical function's receive ring: what the device has for guests in emulated mode.
///
/// The device runs on the same thread, so that no access here needs an order.
final class PfRxRing {
  private static final int MASK = RX_DESCRIPTORS - 1;

  private final MemorySegment memory;
  private final Bar registers;
  private final int tailRegister;
  private final FramePort receiver;
  private int next;
  private boolean skipToEnd;
  private long unusable;

  PfRxRing(MemorySegment memory, Bar registers, int tailRegister, FramePort receiver) {
    this.memory = memory;
    this.registers = registers;
    this.tailRegister = tailRegister;
    this.receiver = receiver;
  }

  /// Gives the device all descriptors but one, which tells a full ring from an empty one.
  void fill() {
    for (int i = 0; i < RX_DESCRIPTORS; i++) {
      giveBack(i);
    }
    registers.write32(tailRegister, MASK);
  }

  /// Frames in error, or longer than a buffer.
  long unusable() {
    return unusable;
  }

  /// Passes on what has arrived.
  ///
  /// @return number of descriptors used
  int poll(int maxDescriptors) {
    int done = 0;
    while (done < maxDescriptors) {
      long descriptor = RX_RING + (long) next * DESCRIPTOR_BYTES;
      int status = memory.get(INT, descriptor + RX_STATUS);
      if ((status & RX_DONE) == 0) {
        break;
      }
      int lengthBytes = memory.get(INT, descriptor + RX_LENGTH) & RX_LENGTH_MASK;
      receive(status, lengthBytes);
      giveBack(next);
      next = next + 1 & MASK;
      done++;
    }
    if (done > 0) {
      registers.write32(tailRegister, next - 1 & MASK);
      receiver.flush();
    }
    return done;
  }

  private void receive(int status, int lengthBytes) {
    boolean end = (status & RX_END_OF_PACKET) != 0;
    if (end && !skipToEnd && (status & RX_ERROR) == 0 && lengthBytes > 0) {
      receiver.offer(memory, RX_BUFFERS + (long) next * BUFFER_BYTES, lengthBytes);
    } else if (end) {
      unusable++;
    }
    skipToEnd = !end;
  }

  private void giveBack(int index) {
    long descriptor = RX_RING + (long) index * DESCRIPTOR_BYTES;
    memory.set(LONG, descriptor, RX_BUFFERS + (long) index * BUFFER_BYTES);
    memory.set(LONG, descriptor + RX_STATUS, 0);
  }
}
