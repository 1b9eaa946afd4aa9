// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import dev.npa.nic.MacAddress;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// The way of a frame into the receive queues of the pools that the switch chose: replication,
/// length limit, VLAN tag removal, counters (82576 data sheet, 7.10.3.4 to 7.10.3.8).
///
/// The FCS is never stored, whatever STRCRC says: frames here have none.
final class PoolDelivery {
  private static final ValueLayout.OfLong HEADER =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final int HEADER_BYTES = 16;
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

  /// Replicates a frame to pools; without VT_CTL's replication enable only the first gets it.
  void deliver(
      int local,
      MemorySegment memory,
      long offset,
      int lengthBytes,
      long first,
      long second,
      int status) {
    int rest = replicates ? local : Integer.lowestOneBit(local);
    boolean replica = (rest & rest - 1) != 0;
    int stripped = 0;
    if ((stripping != 0 || stripsReplicas) && filters.isTagged((int) second)) {
      stripped = !replica ? stripping : stripsReplicas ? ALL_POOLS : 0;
    }
    if (replica || (stripped & rest) != 0) {
      deliverEach(rest, stripped, memory, offset, lengthBytes, first, second, status);
    } else if (rest != 0) {
      Pool pool = pools[Integer.numberOfTrailingZeros(rest)];
      deliverWhole(pool, memory, offset, lengthBytes, first, second, status);
    }
  }

  /// Apart from [#deliver], whose common case, one pool and the frame as it is, has to be inlined.
  private void deliverEach(
      int local,
      int stripped,
      MemorySegment memory,
      long offset,
      int lengthBytes,
      long first,
      long second,
      int status) {
    for (int rest = local; rest != 0; rest &= rest - 1) {
      Pool pool = pools[Integer.numberOfTrailingZeros(rest)];
      if ((stripped >>> pool.index() & 1) == 0) {
        deliverWhole(pool, memory, offset, lengthBytes, first, second, status);
      } else if (isTooLong(pool, lengthBytes, (int) second)) {
        countOverlong(pool);
      } else {
        deliverStripped(pool, memory, offset, lengthBytes, first, second, status);
      }
    }
  }

  private void deliverWhole(
      Pool pool,
      MemorySegment memory,
      long offset,
      int lengthBytes,
      long first,
      long second,
      int status) {
    if (isTooLong(pool, lengthBytes, (int) second)) {
      countOverlong(pool);
    } else if (pool.rx().deliver(memory, offset, lengthBytes, first, second, status, 0)) {
      countReceived(pool, lengthBytes, first, status);
    } else {
      countMissed(pool);
    }
  }

  private void deliverStripped(
      Pool pool,
      MemorySegment memory,
      long offset,
      int lengthBytes,
      long first,
      long second,
      int status) {
    scratch.removeTag(memory, offset, lengthBytes);
    int length = lengthBytes - TAG_BYTES;
    if (length < HEADER_BYTES) {
      statistics.count(I82576Registers.RUC);
      return;
    }
    long rest = second >>> 32 << 32 | scratch.copy().get(HEADER, 8) & 0xFFFF_FFFFL;
    int tag = (int) second & 0xFFFF;
    int flags = status | RxDescriptor.VP;
    if (pool.rx().deliver(scratch.copy(), 0, length, first, rest, flags, tag)) {
      countReceived(pool, lengthBytes, first, status);
    } else {
      countMissed(pool);
    }
  }

  private boolean isTooLong(Pool pool, int lengthBytes, int etherTypeAndTag) {
    int excess = lengthBytes + FCS_BYTES - maxFrameBytes[pool.index()];
    return excess > 0
        && (excess > TAG_BYTES
            || maxFrameBytes[pool.index()] != STANDARD_FRAME_BYTES
            || !filters.isTagged(etherTypeAndTag));
  }

  private void countOverlong(Pool pool) {
    statistics.count(I82576Registers.ROC);
    pool.statistics().missed();
  }

  private void countReceived(Pool pool, int lengthBytes, long first, int status) {
    boolean group = MacAddress.isGroup(first >>> 16);
    pool.statistics().received(lengthBytes, group, (status & RxDescriptor.LB) != 0);
    statistics.toHost(lengthBytes);
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
}
