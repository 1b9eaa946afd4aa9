// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import dev.npa.nic.FrameBurst;
import dev.npa.nic.MacAddress;
import java.lang.foreign.MemorySegment;

/// The way of a frame into the receive queues of the pools that the switch chose: replication,
/// length limit, VLAN tag removal, counters (82576 data sheet, 7.10.3.4 to 7.10.3.8).
///
/// The FCS is never stored, whatever STRCRC says: frames here have none.
final class PoolDelivery {
  private static final int HEAD_BYTES = 16;
  private static final int FCS_BYTES = 4;
  private static final int TAG_BYTES = 4;
  private static final int STANDARD_FRAME_BYTES = 1518;
  private static final int ALL_POOLS = 0xFF;

  private final RegisterTable registers;
  private final PortStatistics statistics;
  private final PoolFilters filters;
  private final FrameScratch scratch;
  private final Pool[] pools;
  private final int[] maxFrameBytes = new int[PoolFilters.POOLS];
  private int stripping; // Pools that get frames without their VLAN tag.
  private boolean stripsReplicas;
  private boolean replicates;

  PoolDelivery(
      RegisterTable registers,
      PortStatistics statistics,
      PoolFilters filters,
      FrameScratch scratch,
      Pool[] pools) {
    this.registers = registers;
    this.statistics = statistics;
    this.filters = filters;
    this.scratch = scratch;
    this.pools = pools;
  }

  /// Decodes the registers anew; after the filters did.
  void reload() {
    int vtCtl = registers.read(I82576Registers.VT_CTL);
    replicates = (vtCtl & I82576Registers.VT_CTL_REPLICATION_ENABLE) != 0;
    stripsReplicas = (registers.read(I82576Registers.RPLOLR) & I82576Registers.VMOLR_STRVLAN) != 0;
    stripping = 0;
    int rctl = registers.read(I82576Registers.RCTL);
    int bufferBytes = 2048 >>> (rctl >>> I82576Registers.RCTL_BSIZE_SHIFT & 3);
    for (Pool pool : pools) {
      pool.rxRegisters().defaultBufferBytes(bufferBytes);
      reload(pool.index(), rctl);
    }
  }

  private void reload(int pool, int rctl) {
    int vmolr = registers.read(I82576Registers.VMOLR + 4 * pool);
    boolean longFrames = (vmolr & I82576Registers.VMOLR_LPE) != 0;
    int most = vmolr & I82576Registers.VMOLR_RLPML_MASK;
    if (!filters.vmdq()) {
      longFrames = (rctl & I82576Registers.RCTL_LPE) != 0;
      most = registers.read(I82576Registers.RLPML);
    }
    maxFrameBytes[pool] = longFrames ? most : STANDARD_FRAME_BYTES;
    stripping |= (vmolr & I82576Registers.VMOLR_STRVLAN) != 0 ? 1 << pool : 0;
  }

  private void deliverStripped(
      Pool pool, MemorySegment memory, FrameBurst burst, int frame, int status) {
    int lengthBytes = burst.length(frame);
    int typeAndTag = (int) burst.secondField(frame);
    if (lengthBytes > mostBytes(pool, typeAndTag)) {
      countOverlong(pool);
      return;
    }
    scratch.removeTag(memory, burst.offset(frame), lengthBytes);
    int length = lengthBytes - TAG_BYTES;
    if (length < HEAD_BYTES) {
      statistics.count(I82576Registers.RUC);
      return;
    }
    // What was checked of the frame's head, then what has moved up into it.
    long second = burst.second(frame) & 0xFFFF_FFFFL;
    second |= scratch.copy().get(FrameBurst.HEAD, 8) >>> 32 << 32;
    int flags = status | RxDescriptor.VP;
    if (pool.rx()
        .deliver(
            scratch.copy(), 0, length, burst.first(frame), second, flags, typeAndTag & 0xFFFF)) {
      countReceived(pool, 1, lengthBytes, burst.firstField(frame), status);
    } else {
      countMissed(pool);
    }
  }

  private void deliverWhole(
      Pool pool, MemorySegment memory, FrameBurst burst, int frame, int mostBytes, int status) {
    int lengthBytes = burst.length(frame);
    if (lengthBytes > mostBytes) {
      countOverlong(pool);
    } else if (pool.rx()
        .deliver(
            memory,
            burst.offset(frame),
            lengthBytes,
            burst.first(frame),
            burst.second(frame),
            status,
            0)) {
      countReceived(pool, 1, lengthBytes, burst.firstField(frame), status);
    } else {
      countMissed(pool);
    }
  }

  /// Length of the longest frame that the pool takes, without FCS.
  private int mostBytes(Pool pool, int typeAndTag) {
    int most = maxFrameBytes[pool.index()];
    boolean room = most == STANDARD_FRAME_BYTES && filters.isTagged(typeAndTag);
    return most - FCS_BYTES + (room ? TAG_BYTES : 0);
  }

  private void countOverlong(Pool pool) {
    statistics.count(I82576Registers.ROC);
    pool.statistics().missed(1);
  }

  private void countReceived(Pool pool, int frames, int bytes, long first, int status) {
    boolean group = MacAddress.isGroup(first >>> 16);
    pool.statistics().received(frames, bytes, group, (status & RxDescriptor.LB) != 0);
    statistics.toHost(frames, bytes);
  }

  /// No descriptor: with QDE or DROP_EN the queue's own counter suffices; without, hardware would
  /// hold the frame in its packet buffer until that overflows, which this model, having none,
  /// counts at once.
  private void countMissed(Pool pool) {
    boolean drops = (registers.read(I82576Registers.QDE) >>> pool.index() & 1) != 0;
    if (!drops && !pool.rxRegisters().dropEnabled()) {
      statistics.count(I82576Registers.MPC);
    }
  }

  // Below: once per run of frames that are alike.

  /// Replicates a run of frames with the same addresses and tag to pools; without VT_CTL's
  /// replication enable only the first gets them.
  void deliver(int local, MemorySegment memory, FrameBurst burst, int from, int to, int status) {
    int stripped = 0;
    int rest = replicates ? local : Integer.lowestOneBit(local);
    boolean replica = (rest & rest - 1) != 0;
    if ((stripping != 0 || stripsReplicas) && filters.isTagged((int) burst.secondField(from))) {
      stripped = !replica ? stripping : stripsReplicas ? ALL_POOLS : 0;
    }
    for (; rest != 0; rest &= rest - 1) {
      Pool pool = pools[Integer.numberOfTrailingZeros(rest)];
      if ((stripped >>> pool.index() & 1) == 0) {
        deliverRun(pool, memory, burst, from, to, status);
      } else {
        for (int i = from; i < to; i++) {
          deliverStripped(pool, memory, burst, i, status);
        }
      }
    }
  }

  /// The receive ring takes most runs whole; what is not its common case is done frame by frame.
  private void deliverRun(
      Pool pool, MemorySegment memory, FrameBurst burst, int from, int to, int status) {
    int most = mostBytes(pool, (int) burst.secondField(from));
    int next = from;
    while (next < to) {
      int taken = pool.rx().deliver(memory, burst, next, to, most, status);
      if (taken != 0) {
        int end = next + taken;
        countReceived(pool, taken, burst.bytes(next, end), burst.firstField(next), status);
        next = end;
      }
      if (next < to) {
        deliverWhole(pool, memory, burst, next, most, status);
        next++;
      }
    }
  }
}
