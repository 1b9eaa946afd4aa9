// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import static dev.npa.nic.memory.IommuDomain.FAULT;
import static dev.npa.nic.memory.IommuDomain.READ;
import static dev.npa.nic.memory.IommuDomain.WRITE;

import dev.npa.nic.FrameBurst;
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

  private final long[] buffers = new long[FrameBurst.CAPACITY]; // of the frames of a burst
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
  /// @param first the frame's first eight bytes ([FrameBurst#HEAD]); they and `second` overrule
  ///   what `from` holds by now, since the sender may write to its buffer after the switch has
  ///   looked
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
    FrameBurst.copy(from, offset, memory, to, lengthBytes, first, second);
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
      hold(memory, at, value);
    } else {
      memory.set(LONG, at + RxDescriptor.WRITE_BACK_HIGH, value);
    }
    if (++head == size) {
      head = 0;
    }
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
        FrameBurst.copy(from, offset, memory, to, part, first, second);
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

  // Below: once per run of frames and, in loops, once per frame.

  /// Puts frames of a burst into the ring as long as all is as it is most of the time: a descriptor
  /// is there, the frame fits its one buffer and is no longer than the pool takes. The first frame
  /// for which that does not hold is left to the caller, for [#deliver] with one frame.
  ///
  /// @param mostBytes length of the longest frame that the pool takes
  /// @return number of frames
  int deliver(MemorySegment from, FrameBurst burst, int first, int end, int mostBytes, int status) {
    int next = first;
    if (enabled && !halted && !legacy && busMaster.enabled()) {
      IommuDomain domain = busMaster.domain();
      int most = Math.min(mostBytes, bufferBytes);
      int wanted = -1;
      int taken = -1;
      while (next < end && wanted == taken && (head != tail || moreRung())) {
        wanted = Math.min(end - next, inOnePage());
        taken = receive(domain, from, burst, next, wanted, most, status);
        next += taken;
      }
    }
    return next - first;
  }

  /// Number of descriptors from the head to the tail, the end of the ring or the end of the page.
  private int inOnePage() {
    int inPage = (int) (base + (long) head * RxDescriptor.BYTES) & IommuDomain.PAGE_BYTES - 1;
    int most = (tail > head ? tail : size) - head;
    return Math.min(most, (IommuDomain.PAGE_BYTES - inPage) / RxDescriptor.BYTES);
  }

  private int receive(
      IommuDomain domain,
      MemorySegment from,
      FrameBurst burst,
      int first,
      int wanted,
      int mostBytes,
      int status) {
    MemorySegment memory = domain.memory();
    long iova = base + (long) head * RxDescriptor.BYTES;
    long descriptors = domain.translate(iova, wanted * RxDescriptor.BYTES, READ | WRITE);
    if (descriptors == FAULT) {
      halted = true;
      return 0;
    }
    int found = findBuffers(domain, memory, descriptors, burst, first, wanted, mostBytes);
    for (int i = 0; i < found; i++) {
      int frame = first + i;
      FrameBurst.copy(
          from,
          burst.offset(frame),
          memory,
          buffers[i],
          burst.length(frame),
          burst.first(frame),
          burst.second(frame));
    }
    writeBack(memory, descriptors, burst, first, found, status | RxDescriptor.EOP);
    head = head + found == size ? 0 : head + found;
    return found;
  }

  /// Three loops, each over the burst, are faster than one: each keeps in registers what it needs.
  private int findBuffers(
      IommuDomain domain,
      MemorySegment memory,
      long descriptors,
      FrameBurst burst,
      int first,
      int wanted,
      int mostBytes) {
    int found = 0;
    for (; found < wanted; found++) {
      int length = burst.length(first + found);
      long buffer = memory.get(LONG, descriptors + (long) found * RxDescriptor.BYTES);
      if (length > mostBytes || buffer == 0) {
        break;
      }
      long to = domain.translate(buffer, length, WRITE);
      if (to == FAULT) {
        halted = true;
        break;
      }
      buffers[found] = to;
    }
    return found;
  }

  private void writeBack(
      MemorySegment memory, long descriptors, FrameBurst burst, int first, int count, int status) {
    long done = RxDescriptor.high(status | RxDescriptor.DD, 0, 0);
    int i = 0;
    if (count != 0 && heldAt == NOTHING_HELD) {
      memory.set(LONG, descriptors + RxDescriptor.WRITE_BACK_LOW, 0);
      long length = burst.length(first);
      hold(memory, descriptors, done | length << RxDescriptor.LENGTH_SHIFT);
      i = 1;
    }
    for (; i < count; i++) {
      long at = descriptors + (long) i * RxDescriptor.BYTES;
      long length = burst.length(first + i);
      memory.set(LONG, at + RxDescriptor.WRITE_BACK_LOW, 0);
      memory.set(
          LONG, at + RxDescriptor.WRITE_BACK_HIGH, done | length << RxDescriptor.LENGTH_SHIFT);
    }
  }

  private void hold(MemorySegment memory, long descriptor, long value) {
    heldMemory = memory;
    heldAt = descriptor + RxDescriptor.WRITE_BACK_HIGH;
    heldValue = value;
  }
}
