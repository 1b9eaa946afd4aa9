// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.vswitch;

import dev.npa.hypervisor.port.DropReason;
import dev.npa.hypervisor.port.PortCounters;
import dev.npa.hypervisor.port.VlanSet;
import dev.npa.nic.FrameBurst;
import dev.npa.nic.FramePort;
import dev.npa.nic.MacAddress;
import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.Map;

/// A guest's port. As a [FramePort] it takes what the guest sends; what is for the guest goes to
/// the receiver that the port was made with.
public final class SwitchPort implements FramePort {
  private final VirtualSwitch owner;
  private final FramePort receiver;
  private final FrameBacklog backlog = new FrameBacklog();
  private final long[] drops = new long[DropReason.values().length];
  private long mac;
  private PortState state = PortState.DOWN;
  private boolean forgedSourceAllowed;
  private boolean promiscuous;
  private VlanSet vlans = VlanSet.ALL;
  private boolean unflushed;
  private long fromGuestFrames;
  private long fromGuestBytes;
  private long toGuestFrames;
  private long toGuestBytes;

  SwitchPort(VirtualSwitch owner, MacAddress mac, FramePort receiver) {
    this.owner = owner;
    this.mac = mac.value();
    this.receiver = receiver;
  }

  public MacAddress mac() {
    return new MacAddress(mac);
  }

  /// @throws IllegalArgumentException if `mac` is a group address or another port's
  public void mac(MacAddress newMac) {
    owner.checkFree(newMac, this);
    mac = newMac.value();
    owner.macsChanged();
  }

  public PortState state() {
    return state;
  }

  /// What becomes of frames for the guest from now on. [PortState#DOWN] also empties the backlog.
  public void state(PortState newState) {
    state = newState;
    if (newState == PortState.DOWN) {
      drops[DropReason.DOWN.ordinal()] += backlog.frames();
      backlog.clear();
    }
  }

  /// What policy lets the guest send and see.
  public void permit(boolean forgedSource, VlanSet permittedVlans) {
    forgedSourceAllowed = forgedSource;
    vlans = permittedVlans;
  }

  /// Whether the guest gets all frames that pass the switch.
  public void promiscuous(boolean on) {
    promiscuous = on;
    owner.promiscuityChanged();
  }

  public boolean isPromiscuous() {
    return promiscuous;
  }

  /// Frames that wait until the guest has buffers, or is back in emulation.
  public int backlogFrames() {
    return backlog.frames();
  }

  /// Moves waiting frames to the guest until it takes no more.
  ///
  /// @return how many still wait
  public int drain() {
    drainBacklog(Integer.MAX_VALUE);
    return backlog.frames();
  }

  public PortCounters counters() {
    Map<DropReason, Long> map = new EnumMap<>(DropReason.class);
    for (DropReason reason : DropReason.values()) {
      if (drops[reason.ordinal()] != 0) {
        map.put(reason, drops[reason.ordinal()]);
      }
    }
    return new PortCounters(
        fromGuestFrames, fromGuestBytes, toGuestFrames, toGuestBytes, backlog.frames(), map);
  }

  long macValue() {
    return mac;
  }

  // Below: once per frame or per burst.

  /// Takes a frame from the guest. False only if the frame needs the uplink and that has no room.
  @Override
  public boolean offer(MemorySegment memory, long offset, int lengthBytes) {
    if (lengthBytes > VirtualSwitch.MAX_FRAME_BYTES) {
      return drop(DropReason.OVERSIZED);
    }
    // The guest may write to its buffer at any time: what is checked must be what goes on.
    MemorySegment copy = owner.copy(memory, offset, lengthBytes);
    return offerCopy(copy, 0, lengthBytes);
  }

  /// The short way, without a copy here: frames without tag for one other guest in emulation.
  @Override
  public int offer(MemorySegment memory, FrameBurst burst, int from, int to) {
    long first = burst.firstField(from);
    long second = burst.secondField(from);
    boolean forged = ((first & 0xFFFF) << 32 | second >>> 32) != mac;
    if (forged && !forgedSourceAllowed
        || EthernetHeader.isTagged(second)
        || !vlans.contains(EthernetHeader.UNTAGGED)) {
      return 0;
    }
    SwitchPort target = owner.onlyReceiver(this, first >>> 16);
    int taken = target.deliver(memory, burst, from, Math.min(to, burst.endOfRun(from, false)));
    fromGuestFrames += taken;
    fromGuestBytes += burst.bytes(from, from + taken);
    return taken;
  }

  private int deliver(MemorySegment memory, FrameBurst burst, int from, int to) {
    if (state != PortState.EMULATED
        || !backlog.isEmpty()
        || !vlans.contains(EthernetHeader.UNTAGGED)) {
      return 0;
    }
    int taken = receiver.offer(memory, burst, from, to);
    toGuestFrames += taken;
    toGuestBytes += burst.bytes(from, from + taken);
    unflushed |= taken != 0;
    return taken;
  }

  private boolean offerCopy(MemorySegment memory, long offset, int lengthBytes) {
    if (EthernetHeader.isRunt(memory, offset, lengthBytes)) {
      return drop(DropReason.RUNT);
    }
    if (!forgedSourceAllowed && EthernetHeader.source(memory, offset) != mac) {
      return drop(DropReason.FORGED_SOURCE);
    }
    int vlan = EthernetHeader.vlan(memory, offset, lengthBytes);
    if (!vlans.contains(vlan)) {
      return drop(DropReason.VLAN);
    }
    if (!owner.forwardFromGuest(this, vlan, memory, offset, lengthBytes)) {
      return false;
    }
    fromGuestFrames++;
    fromGuestBytes += lengthBytes;
    return true;
  }

  @Override
  public void flush() {
    owner.flush();
  }

  /// Whether frames for the guest are to come here rather than to the uplink.
  boolean isLocal() {
    return state != PortState.PASSTHROUGH;
  }

  /// Whether the guest is to get copies of frames for groups, or of all frames.
  boolean takesCopies(boolean group) {
    return (group || promiscuous) && (state == PortState.EMULATED || state == PortState.HOLDING);
  }

  void deliver(int vlan, MemorySegment memory, long offset, int lengthBytes) {
    if (!vlans.contains(vlan)) {
      return; // Not this guest's; nothing was lost.
    }
    switch (state) {
      case EMULATED -> {
        if (backlog.isEmpty() && receiver.offer(memory, offset, lengthBytes)) {
          delivered(lengthBytes);
        } else {
          keep(memory, offset, lengthBytes);
        }
      }
      case HOLDING -> keep(memory, offset, lengthBytes);
      case DOWN -> drop(DropReason.DOWN);
      case PASSTHROUGH -> drop(DropReason.PASSTHROUGH);
    }
  }

  /// Moves waiting frames to the guest, as many as it takes but no more than a burst.
  ///
  /// @return whether any was taken
  boolean drainBacklog(int maxFrames) {
    if (state != PortState.EMULATED) {
      return false;
    }
    int moved = 0;
    while (moved < maxFrames && !backlog.isEmpty()) {
      int lengthBytes = backlog.offerOldest(receiver);
      if (lengthBytes == 0) {
        break;
      }
      delivered(lengthBytes);
      moved++;
    }
    flushReceiver();
    return moved > 0;
  }

  void flushReceiver() {
    if (unflushed) {
      unflushed = false;
      receiver.flush();
    }
  }

  private void keep(MemorySegment memory, long offset, int lengthBytes) {
    if (!backlog.add(memory, offset, lengthBytes)) {
      drop(DropReason.BACKLOG_FULL);
    }
  }

  private void delivered(int lengthBytes) {
    toGuestFrames++;
    toGuestBytes += lengthBytes;
    unflushed = true;
  }

  /// Counts; the frame is done with, so that `offer` answers true.
  private boolean drop(DropReason reason) {
    drops[reason.ordinal()]++;
    return true;
  }
}
