// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import static dev.npa.nic.memory.IommuDomain.FAULT;
import static dev.npa.nic.memory.IommuDomain.READ;
import static dev.npa.nic.memory.IommuDomain.WRITE;

import dev.npa.nic.memory.IommuDomain;
import dev.npa.nic.pci.Bar;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The engine of one receive queue (82576 data sheet, 7.1.4 to 7.1.6).
///
/// The device owns the descriptors from head to tail; head == tail is the empty ring, so N - 1 of N
/// are usable. A tail beyond the ring counts as empty. Each write-back is payload, then descriptor;
/// the first write-back of a burst is kept until [#publish], so that software, which reads in
/// order, sees the burst at once.
///
/// A fault of the IOMMU halts the queue until it is enabled anew: nothing is written back, and
/// frames are dropped as if there were no descriptors.
final class RxRing {
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG_HANDLE =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();
  private static final ValueLayout.OfLong HEADER =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final int HEADER_BYTES = 16;

  private static final long NOTHING_HELD = -1;

  private BusMaster busMaster;
  private Bar doorbells;
  private int doorbellOffset;

  private long base;
  private int size;
  private int bufferBytes;
  private boolean legacy;
  private boolean enabled;
  private boolean halted;
  private int head;
  private int tail; // The doorbell as last looked at.
  private long dropped;

  private MemorySegment heldMemory = MemorySegment.NULL;
  private long heldAt = NOTHING_HELD;
  private long heldValue;

  void own(BusMaster newBusMaster, Bar bar, int offset) {
    busMaster = newBusMaster;
    doorbells = bar;
    doorbellOffset = offset;
  }

  /// Starts at descriptor 0 (the data sheet makes RDH read-only for software).
  void start(long baseIova, int descriptors) {
    base = baseIova;
    size = descriptors;
    head = 0;
    tail = 0;
    halted = false;
    enabled = true;
  }

  /// Stops at a frame boundary; what was received is published.
  void stop() {
    publish();
    enabled = false;
  }

  void buffers(int newBufferBytes, boolean legacyDescriptors) {
    bufferBytes = newBufferBytes;
    legacy = legacyDescriptors;
  }

  /// Clears the tail.
  void resetDoorbell() {
    doorbells.setDoorbell(doorbellOffset, 0);
  }

  boolean isEnabled() {
    return enabled;
  }

  int head() {
    return head;
  }

  /// Frames dropped for want of descriptors since last asked (RQDPC).
  int takeDropped() {
    int count = (int) dropped;
    dropped = 0;
    return count;
  }

  /// Puts one frame into the ring, or drops and counts it.
  ///
  /// @param first the frame's first eight bytes, big-endian; they and `second` overrule what `from`
  ///   holds by now, since the sender may write to its buffer after the switch has looked at it
  /// @param second the next eight
  /// @param status of the last descriptor, besides DD and EOP
  /// @return whether the frame was received
  boolean deliver(
      MemorySegment from,
      long offset,
      int lengthBytes,
      long first,
      long second,
      int status,
      int vlanTag) {
    if (!enabled || halted || !busMaster.enabled()) {
      dropped++;
      return false;
    }
    if (lengthBytes > bufferBytes) {
      return deliverChain(from, offset, lengthBytes, first, second, status, vlanTag);
    }
    IommuDomain domain = busMaster.domain();
    MemorySegment memory = domain.memory();
    long buffer = nextBuffer(domain, memory);
    long to = buffer == 0 ? FAULT : domain.translate(buffer, lengthBytes, WRITE);
    if (to == FAULT) {
      halted |= buffer != 0;
      dropped++;
      return false;
    }
    copy(from, offset, memory, to, lengthBytes, first, second);
    return writeBack(domain, memory, lengthBytes, status | RxDescriptor.EOP, vlanTag);
  }

  /// Ends a burst.
  ///
  /// @return whether there was anything to publish
  boolean publish() {
    if (heldAt == NOTHING_HELD) {
      return false;
    }
    // Release: the payloads and every other write-back of the burst come before this DD.
    LONG_HANDLE.setRelease(heldMemory, heldAt, heldValue);
    heldAt = NOTHING_HELD;
    return true;
  }

  /// The packet buffer of the descriptor at head, or 0 if there is none or the queue has halted. A
  /// descriptor with buffer address 0 is handed back with nothing but DD set (7.1.6).
  private long nextBuffer(IommuDomain domain, MemorySegment memory) {
    while (head != tail || moreRung()) {
      long at = domain.translate(base + (long) head * RxDescriptor.BYTES, RxDescriptor.BYTES, READ);
      if (at == FAULT) {
        halted = true;
        return 0;
      }
      long buffer = memory.get(LONG, at + RxDescriptor.BUFFER_ADDRESS);
      if (buffer != 0 || !skip(domain)) {
        return buffer;
      }
    }
    return 0;
  }

  private boolean moreRung() {
    int rung = doorbells.doorbell(doorbellOffset) & 0xFFFF;
    if (rung >= size) {
      return false;
    }
    tail = rung;
    return head != rung;
  }

  private boolean skip(IommuDomain domain) {
    long at = domain.translate(base + (long) head * RxDescriptor.BYTES, RxDescriptor.BYTES, WRITE);
    if (at == FAULT) {
      halted = true;
      return false;
    }
    long high = domain.memory().get(LONG, at + RxDescriptor.WRITE_BACK_HIGH);
    writeHigh(domain.memory(), at, high | (legacy ? 1L << 32 : RxDescriptor.DD));
    return true;
  }

  private boolean writeBack(
      IommuDomain domain, MemorySegment memory, int lengthBytes, int status, int vlanTag) {
    long at = domain.translate(base + (long) head * RxDescriptor.BYTES, RxDescriptor.BYTES, WRITE);
    if (at == FAULT) {
      halted = true;
      dropped++;
      return false;
    }
    int done = status | RxDescriptor.DD;
    if (legacy) {
      writeHigh(memory, at, RxDescriptor.legacyHigh(done, lengthBytes, vlanTag));
    } else {
      memory.set(LONG, at + RxDescriptor.WRITE_BACK_LOW, 0);
      writeHigh(memory, at, RxDescriptor.high(done, lengthBytes, vlanTag));
    }
    return true;
  }

  private void writeHigh(MemorySegment memory, long at, long value) {
    if (heldAt == NOTHING_HELD) {
      heldMemory = memory;
      heldAt = at + RxDescriptor.WRITE_BACK_HIGH;
      heldValue = value;
    } else {
      memory.set(LONG, at + RxDescriptor.WRITE_BACK_HIGH, value);
    }
    if (++head == size) {
      head = 0;
    }
  }

  /// Writes a frame or its first part to a packet buffer, its first 16 bytes as given; those of
  /// `from` are not read again.
  private static void copy(
      MemorySegment from,
      long offset,
      MemorySegment memory,
      long to,
      int lengthBytes,
      long first,
      long second) {
    memory.set(HEADER, to, first);
    memory.set(HEADER, to + 8, second);
    MemorySegment.copy(
        from, offset + HEADER_BYTES, memory, to + HEADER_BYTES, lengthBytes - HEADER_BYTES);
  }

  /// A frame larger than one buffer. All its descriptors are looked at before the first is written,
  /// so that a frame is received whole or not at all.
  private boolean deliverChain(
      MemorySegment from,
      long offset,
      int lengthBytes,
      long first,
      long second,
      int status,
      int vlanTag) {
    IommuDomain domain = busMaster.domain();
    if (!chainFits(domain, lengthBytes)) {
      dropped++;
      return false;
    }
    MemorySegment memory = domain.memory();
    int done = 0;
    while (done < lengthBytes) {
      int part = Math.min(bufferBytes, lengthBytes - done);
      long buffer = nextBuffer(domain, memory);
      long to = buffer == 0 ? FAULT : domain.translate(buffer, part, WRITE);
      if (to == FAULT) {
        halted = true; // The guest changed a descriptor after handing it over.
        dropped++;
        return false;
      }
      if (done == 0) {
        copy(from, offset, memory, to, part, first, second);
      } else {
        MemorySegment.copy(from, offset + done, memory, to, part);
      }
      done += part;
      boolean last = done == lengthBytes;
      if (!writeBack(
          domain, memory, part, last ? status | RxDescriptor.EOP : 0, last ? vlanTag : 0)) {
        return false;
      }
    }
    return true;
  }

  private boolean chainFits(IommuDomain domain, int lengthBytes) {
    if (bufferBytes == 0) {
      return false;
    }
    int rung = doorbells.doorbell(doorbellOffset) & 0xFFFF;
    tail = rung < size ? rung : head;
    int index = head;
    for (int left = lengthBytes; left > 0; index = index + 1 == size ? 0 : index + 1) {
      if (index == tail) {
        return false;
      }
      long at =
          domain.translate(base + (long) index * RxDescriptor.BYTES, RxDescriptor.BYTES, READ);
      if (at == FAULT) {
        halted = true;
        return false;
      }
      long buffer = domain.memory().get(LONG, at + RxDescriptor.BUFFER_ADDRESS);
      if (buffer != 0) {
        int part = Math.min(bufferBytes, left);
        if (domain.translate(buffer, part, WRITE) == FAULT) {
          halted = true;
          return false;
        }
        left -= part;
      }
    }
    return true;
  }
}
