// SPDX-License-Identifier: MIT
package dev.npa.nic.wire;

import dev.npa.nic.Device;
import dev.npa.nic.FramePort;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A cable between two NICs that run on one device thread.
///
/// Each direction holds a bounded number of frames while the far NIC has no room. When that is full
/// further frames are lost and counted: a cable does not push back.
public final class PeerWire implements Device {
  private static final int BURST_FRAMES = 64;
  private static final FramePort UNPLUGGED = new Unplugged();

  private final End left;
  private final End right;

  /// @param slots frames in flight each way, a power of two
  /// @param maxFrameBytes longer frames are lost
  /// @throws IllegalArgumentException if `slots` is not a power of two or `maxFrameBytes < 1`
  public PeerWire(int slots, int maxFrameBytes) {
    if (Integer.bitCount(slots) != 1 || slots < 0 || maxFrameBytes < 1) {
      throw new IllegalArgumentException(slots + " slots of " + maxFrameBytes + " bytes");
    }
    left = new End(slots, maxFrameBytes);
    right = new End(slots, maxFrameBytes);
  }

  public End left() {
    return left;
  }

  public End right() {
    return right;
  }

  @Override
  public boolean poll() {
    boolean busy = left.deliver(right.nic);
    busy |= right.deliver(left.nic);
    return busy;
  }

  /// One end: what its NIC offers here comes out at the other. Device thread only, but counters.
  public static final class End implements FramePort {
    private final MemorySegment frames;
    private final int[] lengths;
    private final int slotBytes;
    private FramePort nic = UNPLUGGED;
    private int head; // Next to deliver; both count up and wrap, the slot is the low bits.
    private int tail;
    private volatile long lost;

    private End(int slots, int slotBytes) {
      frames = Arena.ofAuto().allocate((long) slots * slotBytes);
      lengths = new int[slots];
      this.slotBytes = slotBytes;
    }

    /// Plugs a NIC in: frames from the other end go there. Before that they wait.
    public void plug(FramePort nic) {
      this.nic = nic;
    }

    /// Takes every frame, as a cable does.
    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // The device thread is the only writer.
    public boolean offer(MemorySegment memory, long offset, int lengthBytes) {
      if (tail - head == lengths.length || lengthBytes > slotBytes) {
        lost++;
        return true;
      }
      int slot = tail & lengths.length - 1;
      MemorySegment.copy(memory, offset, frames, (long) slot * slotBytes, lengthBytes);
      lengths[slot] = lengthBytes;
      tail++;
      return true;
    }

    /// Does nothing: frames travel when the wire has its turn.
    @Override
    public void flush() {}

    /// Frames offered here that never arrived: no slot was free, or they were too long. Any thread.
    public long lost() {
      return lost;
    }

    private boolean deliver(FramePort to) {
      int taken = 0;
      while (taken < BURST_FRAMES && head != tail) {
        int slot = head & lengths.length - 1;
        if (!to.offer(frames, (long) slot * slotBytes, lengths[slot])) {
          break;
        }
        head++;
        taken++;
      }
      if (taken > 0) {
        to.flush();
      }
      return taken > 0;
    }
  }

  /// Where no NIC is plugged in yet.
  private static final class Unplugged implements FramePort {
    @Override
    public boolean offer(MemorySegment memory, long offset, int lengthBytes) {
      return false;
    }

    @Override
    public void flush() {}
  }
}
