// SPDX-License-Identifier: MIT
package dev.npa.shell.datapath;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The guest's transmit buffers and the frames in them, from the stack's hands until they are sent.
///
/// One first-in first-out queue with three positions serves as queueing discipline, as record of
/// what a plugin holds, and as the list of what to send again:
///
/// ```
///   done          next            end
///    | in flight   | waiting       |
///    +-------------+---------------+
/// ```
///
/// A plugin completes from `done`, takes from `next`; the stack appends at `end`. When a path is
/// given up, what it had in flight and did not send waits again: `next = done`. Order is kept.
public final class TxLedger {
  /// [#takeBuffer]: none is free.
  public static final int NONE = -1;

  /// All devices pad to this.
  private static final int PADDED_BYTES = 60;

  /// The 82576 does not take shorter frames (data sheet, 7.2.1): they are padded here.
  private static final int SHORTEST_BYTES = 17;

  private static final byte FREE = 0;
  private static final byte GUEST = 1;
  private static final byte QUEUED = 2;

  private final MemorySegment memory;
  private final long base;
  private final int bufferBytes;
  private final byte[] owner;
  private final int[] free;
  private final int[] buffers;
  private final int[] lengths;
  private final int mask;
  private int freeCount;
  private long done;
  private long next;
  private long end;
  private long bytesQueued;

  /// @param base address of the first buffer
  /// @param capacity frames in flight and waiting together, a power of two
  public TxLedger(MemorySegment memory, long base, int bufferCount, int bufferBytes, int capacity) {
    if (Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException("transmit queue of " + capacity + " frames");
    }
    this.memory = memory;
    this.base = base;
    this.bufferBytes = bufferBytes;
    this.owner = new byte[bufferCount];
    this.free = new int[bufferCount];
    this.buffers = new int[capacity];
    this.lengths = new int[capacity];
    this.mask = capacity - 1;
    for (int id = bufferCount - 1; id >= 0; id--) {
      giveBack(id);
    }
  }

  /// Gives the stack a buffer to build a frame in.
  ///
  /// @return the buffer's id, or [#NONE]
  public int takeBuffer() {
    if (freeCount == 0) {
      return NONE;
    }
    freeCount--;
    int id = free[freeCount];
    owner[id] = GUEST;
    return id;
  }

  /// Takes a buffer back unsent.
  ///
  /// @throws IllegalArgumentException if the stack does not own it
  public void returnBuffer(int id) {
    checkGuestOwns(id);
    giveBack(id);
  }

  public long bufferOffset(int id) {
    return base + (long) id * (bufferBytes + BufferPool.GAP_BYTES);
  }

  /// Queues a frame behind all others.
  ///
  /// @return whether there was room; if not, the buffer is still the stack's
  /// @throws IllegalArgumentException if the stack does not own the buffer, or the frame does not
  ///   fit into it
  public boolean enqueue(int id, int lengthBytes) {
    checkGuestOwns(id);
    if (lengthBytes < 1 || lengthBytes > bufferBytes) {
      throw new IllegalArgumentException(
          "frame of " + lengthBytes + " bytes in a buffer of " + bufferBytes);
    }
    if (end - done > mask) {
      return false;
    }
    int slot = (int) end & mask;
    buffers[slot] = id;
    lengths[slot] = Math.max(lengthBytes, SHORTEST_BYTES);
    for (int at = lengthBytes; at < SHORTEST_BYTES; at++) {
      memory.set(ValueLayout.JAVA_BYTE, bufferOffset(id) + at, (byte) 0);
    }
    bytesQueued += Math.max(PADDED_BYTES, lengthBytes);
    owner[id] = QUEUED;
    end++;
    return true;
  }

  private void checkGuestOwns(int id) {
    if (id < 0 || id >= owner.length || owner[id] != GUEST) {
      throw new IllegalArgumentException("transmit buffer " + id + " is not the caller's");
    }
  }

  private void giveBack(int id) {
    owner[id] = FREE;
    free[freeCount] = id;
    freeCount++;
  }

  public int waiting() {
    return (int) (end - next);
  }

  public int inFlight() {
    return (int) (next - done);
  }

  /// Bytes that a device has to send for the frames handed over since the ledger was made: devices
  /// pad to 60.
  public long bytesHandedOver() {
    long waitingBytes = 0;
    for (long at = next; at < end; at++) {
      waitingBytes += Math.max(PADDED_BYTES, lengths[(int) at & mask]);
    }
    return bytesQueued - waitingBytes;
  }

  /// Frames done since the ledger was made.
  public long framesDone() {
    return done;
  }

  /// Frames handed to a device since the ledger was made; what is handed over again counts once.
  public long framesHandedOver() {
    return next;
  }

  MemorySegment memory() {
    return memory;
  }

  /// Where the oldest waiting frame is.
  long waitingOffset() {
    return bufferOffset(buffers[(int) next & mask]);
  }

  int waitingLength() {
    return lengths[(int) next & mask];
  }

  /// The oldest waiting frame is in the plugin's ring.
  void queued() {
    next++;
  }

  /// The `frames` oldest frames in flight are sent.
  ///
  /// @return whether there were that many; if not, nothing changed
  boolean complete(int frames, Traffic traffic) {
    if (frames < 0 || frames > next - done) {
      return false;
    }
    long bytes = 0;
    for (int i = 0; i < frames; i++) {
      int slot = (int) done & mask;
      bytes += lengths[slot];
      giveBack(buffers[slot]);
      done++;
    }
    traffic.sent(frames, bytes);
    return true;
  }

  /// Brings the books in order after a fault: one that struck in the middle of a step, as a full
  /// stack can, may have left a buffer with two owners or none. The queue's positions say who owns
  /// what; they change last.
  public void heal() {
    for (int id = 0; id < owner.length; id++) {
      if (owner[id] == QUEUED) {
        owner[id] = FREE;
      }
    }
    for (long at = done; at < end; at++) {
      owner[buffers[(int) at & mask]] = QUEUED;
    }
    freeCount = 0;
    for (int id = owner.length - 1; id >= 0; id--) {
      if (owner[id] == FREE) {
        giveBack(id);
      }
    }
  }

  /// The device has sent or dropped the frames up to a position ([#framesDone]), whatever its
  /// plugin has said.
  ///
  /// @return number of frames that were in flight and are done by this
  public int settle(long position, Traffic traffic) {
    int frames = Math.clamp(position - done, 0, inFlight());
    complete(frames, traffic);
    return frames;
  }

  /// What is in flight was not sent: it waits again, before everything else.
  ///
  /// @return number of frames
  public int rewind() {
    int frames = inFlight();
    next = done;
    return frames;
  }
}
