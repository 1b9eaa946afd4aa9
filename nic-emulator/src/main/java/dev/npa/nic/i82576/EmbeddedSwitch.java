// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import dev.npa.nic.FrameBurst;
import dev.npa.nic.FramePort;
import dev.npa.nic.MacAddress;
import java.lang.foreign.MemorySegment;

/// The layer-2 switch between the pools and the wire (82576 data sheet, 7.10.3).
///
/// Frames come in bursts ([FrameBurst]), and a run of frames with the same addresses is looked up
/// once. What was checked is what is delivered, whatever the sender writes to its buffer meanwhile.
///
/// From a pool: anti-spoofing; then unicast that is some pool's stays local, groups go to local
/// pools and the wire, all else to the wire; nothing returns to its source unless DTXSWC.LLE says.
/// Without DTXSWC's loopback enable everything goes to the wire.
final class EmbeddedSwitch {
  private static final int TAG_BYTES = 4;

  private final RegisterTable registers;
  private final PortStatistics statistics;
  private final PfInterrupts interrupts;
  private final PoolFilters filters;
  private final FrameScratch scratch = new FrameScratch();
  private final FrameBurst single = new FrameBurst(); // One frame that did not come in a burst.
  private final Pool[] pools = new Pool[PoolFilters.POOLS];
  private final PoolDelivery delivery;
  private FramePort wire = new UnpluggedWire();
  private int used; // Pools, as bits, that the burst may have changed.
  private boolean wireUsed;
  private int receivers; // Pools that may receive.
  private int senders;
  private int addressChecked;
  private int vlanChecked;
  private int untrusted; // Pools whose frames are checked in any way.
  private int defaultTagged; // By VMVIR, as the next.
  private int neverTagged;
  private int loopsToSelf;
  private boolean loopback;
  private boolean pads;

  EmbeddedSwitch(RegisterTable registers, PortStatistics statistics, PfInterrupts interrupts) {
    this.registers = registers;
    this.statistics = statistics;
    this.interrupts = interrupts;
    this.filters = new PoolFilters(registers);
    for (int i = 0; i < pools.length; i++) {
      pools[i] = new Pool(i, this);
    }
    this.delivery = new PoolDelivery(registers, statistics, filters, scratch, pools);
  }

  Pool pool(int index) {
    return pools[index];
  }

  void connect(FramePort newWire) {
    wire = newWire;
  }

  /// Decodes the registers anew. Pools that may send no longer finish first what they were told to.
  void reload() {
    boolean on = (registers.read(I82576Registers.TCTL) & I82576Registers.TCTL_EN) != 0;
    int newSenders = on ? registers.read(I82576Registers.VFTE) & 0xFF : 0;
    for (int losers = senders & ~newSenders; losers != 0; losers &= losers - 1) {
      drain(pools[Integer.numberOfTrailingZeros(losers)]);
    }
    senders = newSenders;
    pads = (registers.read(I82576Registers.TCTL) & I82576Registers.TCTL_PSP) != 0;
    int rctl = registers.read(I82576Registers.RCTL);
    boolean receives = (rctl & I82576Registers.RCTL_RXEN) != 0;
    receivers = receives ? registers.read(I82576Registers.VFRE) & 0xFF : 0;
    filters.reload();
    delivery.reload();
    int dtxswc = registers.read(I82576Registers.DTXSWC);
    loopback = filters.vmdq() && (dtxswc & I82576Registers.DTXSWC_LOOPBACK_ENABLE) != 0;
    addressChecked = dtxswc & 0xFF;
    vlanChecked = dtxswc >>> I82576Registers.DTXSWC_VLAN_SPOOF_SHIFT & 0xFF;
    untrusted = addressChecked | vlanChecked;
    loopsToSelf = dtxswc >>> I82576Registers.DTXSWC_LLE_SHIFT & 0xFF;
    defaultTagged = 0;
    neverTagged = 0;
    for (int i = 0; i < pools.length; i++) {
      int vmvir = registers.read(I82576Registers.VMVIR + 4 * i);
      boolean never = (vmvir & I82576Registers.VMVIR_NEVER_TAG) != 0;
      boolean always = !never && (vmvir & I82576Registers.VMVIR_DEFAULT_TAG) != 0;
      neverTagged |= never ? 1 << i : 0;
      defaultTagged |= always ? 1 << i : 0;
    }
  }

  /// One round over the pools.
  ///
  /// @return whether any had something to send
  boolean poll() {
    boolean busy = false;
    for (int rest = senders; rest != 0; rest &= rest - 1) {
      if (pools[Integer.numberOfTrailingZeros(rest)].tx().poll()) {
        used |= Integer.lowestOneBit(rest);
        busy = true;
      }
    }
    if (busy) {
      endBurst();
    }
    return busy;
  }

  /// Sends all that a pool's doorbell covers, if the pool may send.
  void drain(Pool pool) {
    if ((senders >>> pool.index() & 1) != 0) {
      pool.tx().drain();
      used |= 1 << pool.index();
      endBurst();
    }
  }

  /// Publishes, signals and flushes whatever the burst has changed.
  void endBurst() {
    for (int rest = used; rest != 0; rest &= rest - 1) {
      pools[Integer.numberOfTrailingZeros(rest)].endBurst();
    }
    used = 0;
    if (wireUsed) {
      wireUsed = false;
      wire.flush();
    }
  }

  /// Takes a frame from the wire; one shorter than Ethernet's least is padded, since files and
  /// sockets carry frames as they were before padding.
  void receive(MemorySegment memory, long offset, int lengthBytes) {
    if (lengthBytes < 14) {
      statistics.count(I82576Registers.RUC);
    } else if (lengthBytes > FrameGather.MAX_FRAME_BYTES) {
      statistics.count(I82576Registers.ROC);
    } else if (lengthBytes < FrameGather.PADDED_BYTES) {
      scratch.edit(memory, offset, lengthBytes);
      scratch.pad(lengthBytes);
      route(scratch.edited(), 0, FrameGather.PADDED_BYTES);
    } else {
      route(memory, offset, lengthBytes);
    }
  }

  private void route(MemorySegment memory, long offset, int lengthBytes) {
    single.only(memory, offset, lengthBytes);
    long destination = single.firstField(0) >>> 16;
    boolean group = MacAddress.isGroup(destination);
    int selected = filters.select(destination, (int) single.secondField(0));
    int local = selected & 0xFF;
    if (local == 0 && !group) {
      local = filters.defaultPools();
      selected |= PoolFilters.INEXACT;
    }
    if (local != 0) {
      if ((local & receivers) == 0) {
        countMissed(local, 1);
      }
      statistics.fromWire(lengthBytes, destination == MacAddress.BROADCAST, group);
      used |= local & receivers;
      delivery.deliver(local & receivers, memory, single, 0, 1, status(selected));
    }
  }

  /// Takes a frame of at least 17 bytes from a pool.
  ///
  /// @param tag to be inserted, unless VMVIR knows better, or [TxOffloads#NO_TAG]
  void transmit(Pool source, MemorySegment memory, long offset, int lengthBytes, int tag) {
    int sourceBit = 1 << source.index();
    boolean asItIs =
        tag == TxOffloads.NO_TAG
            && (defaultTagged & sourceBit) == 0
            && (lengthBytes >= FrameGather.PADDED_BYTES || !pads);
    if (asItIs) {
      single.only(memory, offset, lengthBytes);
      forward(source, sourceBit, memory, single, 0, 1);
    } else {
      transmitEdited(source, memory, offset, lengthBytes, tag);
    }
  }

  private void transmitEdited(
      Pool source, MemorySegment memory, long offset, int lengthBytes, int descriptorTag) {
    int sourceBit = 1 << source.index();
    int tag = (neverTagged & sourceBit) != 0 ? TxOffloads.NO_TAG : descriptorTag;
    if ((defaultTagged & sourceBit) != 0) {
      tag = registers.read(I82576Registers.VMVIR + 4 * source.index()) & 0xFFFF;
    }
    int length = lengthBytes;
    if (tag == TxOffloads.NO_TAG) {
      scratch.edit(memory, offset, lengthBytes);
    } else {
      scratch.insertTag(memory, offset, lengthBytes, filters.vlanEtherType() << 16 | tag);
      length += TAG_BYTES;
    }
    if (pads && length < FrameGather.PADDED_BYTES) {
      scratch.pad(length);
      length = FrameGather.PADDED_BYTES;
    }
    single.only(scratch.edited(), 0, length);
    forward(source, sourceBit, scratch.edited(), single, 0, 1);
  }

  /// The one pool that has the address does not receive: disabled, or reset and not enabled anew.
  private void countMissed(int selected, int frames) {
    pools[Integer.numberOfTrailingZeros(selected & 0xFF)].statistics().missed(frames);
  }

  private boolean isForged(int sourceBit, long first, long second) {
    long address = (first & 0xFFFF) << 32 | second >>> 32;
    return (addressChecked & sourceBit) != 0 && !filters.owns(sourceBit, address)
        || (vlanChecked & sourceBit) != 0 && !filters.mayUseVlan(sourceBit, (int) second);
  }

  private void countForged(Pool source, int frames) {
    statistics.count(I82576Registers.SSVPC, frames);
    source.statistics().forged(frames);
    int blocked = registers.read(I82576Registers.WVBR);
    registers.set(I82576Registers.WVBR, blocked | 1 << source.index());
    if ((registers.read(I82576Registers.DTXCTL) & I82576Registers.DTXCTL_SPOOF_INT) != 0) {
      interrupts.other(I82576Registers.ICR_MDDET);
    }
  }

  /// The wire gets a copy of its own if the frame was checked and still lies in the guest's memory.
  private void send(Pool source, MemorySegment memory, FrameBurst burst, int frame) {
    int lengthBytes = burst.length(frame);
    long offset = burst.offset(frame);
    boolean taken;
    if ((untrusted >>> source.index() & 1) != 0) {
      scratch.hold(memory, offset, lengthBytes, burst.first(frame), burst.second(frame));
      taken = wire.offer(scratch.copy(), 0, lengthBytes);
    } else {
      taken = wire.offer(memory, offset, lengthBytes);
    }
    wireUsed = true;
    if (taken) {
      long destination = burst.firstField(frame) >>> 16;
      statistics.toWire(
          lengthBytes, destination == MacAddress.BROADCAST, MacAddress.isGroup(destination));
    }
  }

  private static int status(int selected) {
    return (selected & PoolFilters.INEXACT) != 0 ? RxDescriptor.PIF : 0;
  }

  private static final class UnpluggedWire implements FramePort {
    @Override
    public boolean offer(MemorySegment memory, long offset, int lengthBytes) {
      return false;
    }

    @Override
    public void flush() {
      // Nothing is there.
    }
  }

  // Below: once per run of frames that are alike.

  /// Takes a burst of frames from a pool. Frames that follow each other and have the same addresses
  /// and tag have the same way, which is looked up once for all of them.
  void transmit(Pool source, MemorySegment memory, FrameBurst burst) {
    int sourceBit = 1 << source.index();
    int count = burst.count();
    if ((defaultTagged & sourceBit) != 0 || pads && burst.shortest() < FrameGather.PADDED_BYTES) {
      for (int i = 0; i < count; i++) {
        transmit(source, memory, burst.offset(i), burst.length(i), TxOffloads.NO_TAG);
      }
      return;
    }
    int end;
    for (int i = 0; i < count; i = end) {
      end = burst.endOfRun(i, filters.isTagged((int) burst.secondField(i)));
      forward(source, sourceBit, memory, burst, i, end);
    }
  }

  /// Sends a run of frames where the first of them has to go.
  private void forward(
      Pool source, int sourceBit, MemorySegment memory, FrameBurst burst, int from, int to) {
    long first = burst.firstField(from);
    int typeAndTag = (int) burst.secondField(from);
    if ((untrusted & sourceBit) != 0 && isForged(sourceBit, first, burst.secondField(from))) {
      countForged(source, to - from);
      return;
    }
    int bytes = burst.bytes(from, to);
    source.statistics().transmitted(to - from, bytes);
    statistics.fromHost(to - from, bytes);
    boolean toWire = true;
    if (loopback) {
      long destination = first >>> 16;
      int selected = filters.select(destination, typeAndTag);
      int local = selected & ~(sourceBit & ~loopsToSelf) & receivers;
      toWire = (selected & 0xFF) == 0 || MacAddress.isGroup(destination);
      if (local != 0) {
        source.statistics().looped(to - from, bytes);
        used |= local;
        delivery.deliver(local, memory, burst, from, to, status(selected) | RxDescriptor.LB);
      } else if (!toWire) {
        countMissed(selected, to - from);
      }
    }
    if (toWire) {
      for (int i = from; i < to; i++) {
        send(source, memory, burst, i);
      }
    }
  }
}
