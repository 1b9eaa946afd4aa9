// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

import static dev.npa.hypervisor.pf.HostRings.BUFFER_BYTES;
import static dev.npa.hypervisor.pf.HostRings.DESCRIPTOR_BYTES;
import static dev.npa.hypervisor.pf.HostRings.INT;
import static dev.npa.hypervisor.pf.HostRings.LONG;
import static dev.npa.hypervisor.pf.HostRings.TX_BUFFERS;
import static dev.npa.hypervisor.pf.HostRings.TX_COMMAND;
import static dev.npa.hypervisor.pf.HostRings.TX_DATA_FRAME;
import static dev.npa.hypervisor.pf.HostRings.TX_DESCRIPTORS;
import static dev.npa.hypervisor.pf.HostRings.TX_DONE;
import static dev.npa.hypervisor.pf.HostRings.TX_PAYLEN_SHIFT;
import static dev.npa.hypervisor.pf.HostRings.TX_REPORT;
import static dev.npa.hypervisor.pf.HostRings.TX_RING;
import static dev.npa.hypervisor.pf.HostRings.TX_STATUS;

import dev.npa.nic.FramePort;
import dev.npa.nic.pci.Bar;
import java.lang.foreign.MemorySegment;

/// The physical function's transmit ring: the virtual switch's uplink.
///
/// Completion is requested once per burst, on its last descriptor. The device runs on the same
/// thread, so that no access here needs an order.
final class PfTxRing implements FramePort {
  private static final int MASK = TX_DESCRIPTORS - 1;

  private final MemorySegment memory;
  private final Bar registers;
  private final int tailRegister;

  /// Last descriptor of the burst that begins at an index.
  private final int[] burstEnd = new int[TX_DESCRIPTORS];

  private int clean; // Oldest descriptor that the device may still own; starts a burst.
  private int burstStart; // First descriptor that the device does not know of.
  private int tail; // Next free descriptor.
  private boolean held;
  private long oversized;

  PfTxRing(MemorySegment memory, Bar registers, int tailRegister) {
    this.memory = memory;
    this.registers = registers;
    this.tailRegister = tailRegister;
  }

  /// Takes no frame from now on.
  void hold() {
    flush();
    held = true;
  }

  void release() {
    held = false;
  }

  /// Whether the device has finished all it was given.
  boolean isEmpty() {
    reclaim();
    return clean == tail;
  }

  /// Frames that were longer than any the device sends.
  long oversized() {
    return oversized;
  }

  @Override
  public boolean offer(MemorySegment source, long offset, int lengthBytes) {
    if (held) {
      return false;
    }
    if (lengthBytes > BUFFER_BYTES) {
      oversized++;
      return true;
    }
    int next = tail + 1 & MASK;
    if (next == clean) {
      reclaim();
      if (next == clean) {
        flush(); // What makes room is in the device's hands.
        return false;
      }
    }
    long buffer = TX_BUFFERS + (long) tail * BUFFER_BYTES;
    MemorySegment.copy(source, offset, memory, buffer, lengthBytes);
    long descriptor = TX_RING + (long) tail * DESCRIPTOR_BYTES;
    memory.set(LONG, descriptor, buffer);
    memory.set(INT, descriptor + TX_COMMAND, TX_DATA_FRAME | lengthBytes);
    memory.set(INT, descriptor + TX_STATUS, lengthBytes << TX_PAYLEN_SHIFT);
    tail = next;
    return true;
  }

  @Override
  public void flush() {
    if (burstStart == tail) {
      return;
    }
    int last = tail - 1 & MASK;
    long command = TX_RING + (long) last * DESCRIPTOR_BYTES + TX_COMMAND;
    memory.set(INT, command, memory.get(INT, command) | TX_REPORT);
    burstEnd[burstStart] = last;
    burstStart = tail;
    registers.write32(tailRegister, tail);
  }

  private void reclaim() {
    while (clean != burstStart) {
      int last = burstEnd[clean];
      int status = memory.get(INT, TX_RING + (long) last * DESCRIPTOR_BYTES + TX_STATUS);
      if ((status & TX_DONE) == 0) {
        return;
      }
      clean = last + 1 & MASK;
    }
  }
}
