// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import static dev.npa.nic.memory.IommuDomain.FAULT;
import static dev.npa.nic.memory.IommuDomain.READ;
import static dev.npa.nic.memory.IommuDomain.WRITE;

import dev.npa.nic.FrameBurst;
import dev.npa.nic.FramePort;
import dev.npa.nic.memory.IommuDomain;
import dev.npa.nic.offload.TcpSegmentation;
import dev.npa.nic.pci.Bar;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The engine of one transmit queue (82576 data sheet, 7.2.1 to 7.2.3).
///
/// A frame in one descriptor goes to the switch from where it lies in guest memory; one in several,
/// or with an offload, is gathered first ([FrameGather]). DD is written back to descriptors that
/// ask with RS, or the head index to memory if head write-back is on.
///
/// A fault of the IOMMU halts the queue until it is enabled anew; the frame was then not sent, and
/// its descriptors do not become done. A frame whose descriptors make no sense is dropped and
/// counted, and its descriptors do become done.
final class TxRing {
  /// Most frames in one turn.
  private static final int BURST_FRAMES = 64;

  /// Most descriptors in one turn.
  private static final int BURST_DESCRIPTORS = 256;

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT_HANDLE = INT.varHandle();

  private static final int OFFLOADS = TxDescriptor.IXSM | TxDescriptor.TXSM | TxDescriptor.IPSEC;

  /// What must be as in [#SINGLE] in a descriptor's second half for a frame to take the short way.
  private static final long SINGLE_MASK =
      (long) OFFLOADS << Integer.SIZE
          | Integer.toUnsignedLong(
              TxDescriptor.DEXT
                  | TxDescriptor.DTYP_MASK
                  | TxDescriptor.EOP
                  | TxDescriptor.VLE
                  | TxDescriptor.TSE);

  private static final long SINGLE = TxDescriptor.DEXT | TxDescriptor.DTYP_DATA | TxDescriptor.EOP;

  private final Pool pool;
  private final EmbeddedSwitch embeddedSwitch;
  private final FrameGather gather = new FrameGather();
  private final TcpSegmentation segmentation = new TcpSegmentation();
  private final FramePort segments = new GatheredFrames();
  private final FrameBurst burst = new FrameBurst();
  private BusMaster busMaster;
  private Bar doorbells;
  private int doorbellOffset;

  private long reports; // Frames of the burst, as bits, whose descriptors have RS.
  private boolean fetchFaulted;

  private long base;
  private int size;
  private boolean enabled;
  private boolean halted;
  private int head;
  private boolean headWriteBack;
  private long headWriteBackIova;
  private boolean headMoved;
  private boolean completed;

  TxRing(Pool pool, EmbeddedSwitch embeddedSwitch) {
    this.pool = pool;
    this.embeddedSwitch = embeddedSwitch;
  }

  void own(BusMaster newBusMaster, Bar bar, int offset) {
    busMaster = newBusMaster;
    doorbells = bar;
    doorbellOffset = offset;
  }

  void start(long baseIova, int descriptors) {
    base = baseIova;
    size = descriptors;
    gather.clear();
    gather.offloads().clear();
    halted = false;
    enabled = true;
  }

  void stop() {
    enabled = false;
  }

  void headWriteBack(boolean on, long iova) {
    headWriteBack = on;
    headWriteBackIova = iova;
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

  /// Software sets TDH; only while the queue is disabled.
  void setHead(int newHead) {
    head = newHead;
  }

  /// Whether write-backs were made since last asked.
  boolean takeCompleted() {
    boolean result = completed;
    completed = false;
    return result;
  }

  /// Sends all up to the tail last rung, as the data sheet has it before a queue stops (4.5.10).
  void drain() {
    if (ready()) {
      int tail = tail();
      while (head != tail && !halted) {
        run(tail);
      }
    }
  }

  /// Sends one burst.
  ///
  /// @return whether there was anything to do
  boolean poll() {
    if (!ready()) {
      return false;
    }
    int tail = tail();
    if (head == tail) {
      return false;
    }
    run(tail);
    return true;
  }

  private boolean ready() {
    return enabled && !halted && busMaster.enabled() && head < size;
  }

  private int tail() {
    int rung = doorbells.doorbell(doorbellOffset) & 0xFFFF;
    return rung < size ? rung : head;
  }

  private void run(int tail) {
    IommuDomain domain = busMaster.domain();
    MemorySegment memory = domain.memory();
    int frames = 0;
    int descriptors = 0;
    headMoved = false;
    while (head != tail && frames < BURST_FRAMES && descriptors < BURST_DESCRIPTORS && !halted) {
      int plain = gather.isEmpty() ? fetch(domain, memory, tail) : 0;
      if (plain != 0) {
        embeddedSwitch.transmit(pool, memory, burst);
        passFetched(domain, memory, plain);
        frames += plain;
        descriptors += plain;
      } else if (!fetchFaulted) {
        frames += sendNext(domain, memory);
        descriptors++;
      }
      halted |= fetchFaulted;
      fetchFaulted = false;
    }
    if (headMoved) {
      writeHead(domain);
    }
  }

  /// Takes in the one descriptor at the head, whatever it is.
  ///
  /// @return 1 if it ends a frame, else 0
  private int sendNext(IommuDomain domain, MemorySegment memory) {
    long at = domain.translate(base + (long) head * TxDescriptor.BYTES, TxDescriptor.BYTES, READ);
    if (at == FAULT) {
      halted = true;
      return 0;
    }
    long address = memory.get(LONG, at + TxDescriptor.ADDRESS);
    long fields = memory.get(LONG, at + TxDescriptor.COMMAND);
    if (!sendGathered(domain, address, (int) fields, (int) (fields >>> Integer.SIZE))) {
      halted = true;
      return 0;
    }
    pass(domain, memory, fields);
    return (int) fields >>> 24 & 1; // EOP
  }

  /// Moves the head past a descriptor, and says so if the descriptor asks for it.
  private void pass(IommuDomain domain, MemorySegment memory, long fields) {
    if ((fields & TxDescriptor.RS) != 0) {
      report(domain, memory, head);
    }
    head = head + 1 == size ? 0 : head + 1;
  }

  private void report(IommuDomain domain, MemorySegment memory, int descriptor) {
    if (headWriteBack) {
      headMoved = true;
    } else {
      writeDone(domain, memory, base + (long) descriptor * TxDescriptor.BYTES);
    }
  }

  private boolean sendGathered(IommuDomain domain, long address, int command, int status) {
    if (!gather.add(domain, address, command, status)) {
      return false;
    }
    if ((command & TxDescriptor.EOP) != 0 && !TxDescriptor.isContext(command)) {
      if (!sendWhole(gather.finish())) {
        pool.statistics().malformed();
      }
      gather.clear();
    }
    return true;
  }

  private boolean sendWhole(int length) {
    if (length == FrameGather.MALFORMED) {
      return false;
    }
    TxOffloads offloads = gather.offloads();
    if (offloads.segments()) {
      return offloads.beginSegments(segmentation, gather.memory(), length)
          && segmentation.send(segments);
    }
    segments.offer(gather.memory(), 0, length);
    return true;
  }

  private void writeDone(IommuDomain domain, MemorySegment memory, long iova) {
    long at = domain.translate(iova, TxDescriptor.BYTES, WRITE);
    if (at == FAULT) {
      halted = true;
      return;
    }
    // Release: the payload has been read before software may reuse the buffer.
    INT_HANDLE.setRelease(memory, at + TxDescriptor.STATUS, TxDescriptor.DD);
    completed = true;
  }

  /// Head write-back, 7.2.3.
  private void writeHead(IommuDomain domain) {
    long at = domain.translate(headWriteBackIova, Integer.BYTES, WRITE);
    if (at == FAULT) {
      halted = true;
      return;
    }
    INT_HANDLE.setRelease(domain.memory(), at, head);
    completed = true;
  }

  /// Takes what was gathered or cut to the switch.
  private final class GatheredFrames implements FramePort {
    @Override
    public boolean offer(MemorySegment memory, long offset, int lengthBytes) {
      embeddedSwitch.transmit(pool, memory, offset, lengthBytes, gather.offloads().tag());
      return true;
    }

    @Override
    public void flush() {
      // The burst's end does that.
    }
  }

  // Below: once per burst and, in the loop of fetchPlain, once per frame.

  /// Reads the descriptors from the head on, as long as each is a whole frame without offloads, up
  /// to the tail, the end of the ring or the end of a page, whichever comes first.
  ///
  /// @return number of frames fetched; [#fetchFaulted] tells whether the next one faulted
  private int fetch(IommuDomain domain, MemorySegment memory, int tail) {
    long iova = base + (long) head * TxDescriptor.BYTES;
    int inPage = (int) iova & IommuDomain.PAGE_BYTES - 1;
    int most = Math.min(BURST_FRAMES, (tail > head ? tail : size) - head);
    most = Math.min(most, (IommuDomain.PAGE_BYTES - inPage) / TxDescriptor.BYTES);
    long descriptors = domain.translate(iova, most * TxDescriptor.BYTES, READ);
    if (descriptors == FAULT) {
      fetchFaulted = true;
      return 0;
    }
    return fetchPlain(domain, memory, descriptors, most);
  }

  private int fetchPlain(IommuDomain domain, MemorySegment memory, long descriptors, int most) {
    long asking = 0;
    int bytes = 0;
    int shortest = Integer.MAX_VALUE;
    int count = 0;
    for (; count < most; count++) {
      long at = descriptors + (long) count * TxDescriptor.BYTES;
      long fields = memory.get(LONG, at + TxDescriptor.COMMAND);
      int length = (int) fields & TxDescriptor.LENGTH_MASK;
      if ((fields & SINGLE_MASK) != SINGLE
          || length < FrameGather.MIN_FRAME_BYTES
          || length > FrameGather.MAX_FRAME_BYTES) {
        break;
      }
      long from = domain.translate(memory.get(LONG, at + TxDescriptor.ADDRESS), length, READ);
      if (from == FAULT) {
        fetchFaulted = true;
        break;
      }
      burst.set(count, memory, from, length, bytes);
      bytes += length;
      shortest = Math.min(shortest, length);
      asking |= (fields >>> TxDescriptor.RS_SHIFT & 1) << count;
    }
    burst.end(count, bytes, shortest);
    reports = asking;
    return count;
  }

  /// Moves the head past what [#fetch] found and the switch has taken.
  private void passFetched(IommuDomain domain, MemorySegment memory, int frames) {
    for (long rest = reports; rest != 0 && !halted; rest &= rest - 1) {
      report(domain, memory, head + Long.numberOfTrailingZeros(rest));
    }
    head = head + frames == size ? 0 : head + frames;
  }
}
