// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.vswitch;

import dev.npa.nic.Device;
import dev.npa.nic.FramePort;
import dev.npa.nic.MacAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// The switch between the guests in emulated mode and the uplink, which is the physical function.
///
/// | frame | from a guest goes to | from the uplink goes to |
/// |---|---|---|
/// | for a guest in emulation | that guest | that guest |
/// | for a guest on a virtual function | the uplink | nobody; counted |
/// | for a group | other guests and the uplink | all guests |
/// | for an unknown address | the uplink | nobody; counted |
///
/// Promiscuous guests get a copy of each. Nothing goes back to where it came from: that the
/// physical function does not hear its own frames is the embedded switch's promise.
///
/// As a [Device] it moves backlogs to guests that have buffers again.
public final class VirtualSwitch implements Device {
  /// Frames per port and turn that leave a backlog.
  private static final int BURST = 64;

  /// No device sends longer frames.
  static final int MAX_FRAME_BYTES = 16 << 10;

  private final MemorySegment copied = Arena.ofAuto().allocate(MAX_FRAME_BYTES, 64);
  private final MacTable macs = new MacTable();
  private final FramePort fromUplink = new FromUplink();
  private final SwitchPort nobody = new SwitchPort(this, new MacAddress(0), new Nowhere());
  private SwitchPort[] ports = {};
  private FramePort uplink = new Nowhere();
  private boolean promiscuousPorts;
  private boolean uplinkUnflushed;
  private long unknownFromUplink;

  /// Where frames go that are not for a guest in emulation. Until this is called they wait with
  /// their guests.
  public void connect(FramePort newUplink) {
    uplink = newUplink;
  }

  /// Adds a port in state [PortState#DOWN].
  ///
  /// @throws IllegalArgumentException if `mac` is a group address or another port's
  public SwitchPort addPort(MacAddress mac, FramePort receiver) {
    checkFree(mac, nobody);
    SwitchPort port = new SwitchPort(this, mac, receiver);
    List<SwitchPort> list = new ArrayList<>(List.of(ports));
    list.add(port);
    ports = list.toArray(SwitchPort[]::new);
    macsChanged();
    return port;
  }

  public void removePort(SwitchPort port) {
    List<SwitchPort> list = new ArrayList<>(List.of(ports));
    list.remove(port);
    ports = list.toArray(SwitchPort[]::new);
    macsChanged();
    promiscuityChanged();
  }

  /// Takes frames that arrive on the uplink.
  public FramePort fromUplink() {
    return fromUplink;
  }

  /// Frames from the uplink for an address that no port has.
  public long unknownFromUplink() {
    return unknownFromUplink;
  }

  /// Whether no port has the address, or only this one.
  public boolean isFree(MacAddress mac, SwitchPort wanting) {
    SwitchPort holder = macs.find(mac.value(), nobody);
    return holder == nobody || holder == wanting;
  }

  void checkFree(MacAddress mac, SwitchPort wanting) {
    if (MacAddress.isGroup(mac.value()) || mac.value() == 0) {
      throw new IllegalArgumentException(mac + " is not a station's address");
    }
    if (!isFree(mac, wanting)) {
      throw new IllegalArgumentException(mac + " is another port's");
    }
  }

  void macsChanged() {
    macs.rebuild(ports);
  }

  void promiscuityChanged() {
    boolean any = false;
    for (SwitchPort port : ports) {
      any |= port.isPromiscuous();
    }
    promiscuousPorts = any;
  }

  // Below: once per frame or per burst.

  @Override
  public boolean poll() {
    boolean busy = false;
    for (SwitchPort port : ports) {
      busy |= port.drainBacklog(BURST);
    }
    return busy;
  }

  /// A copy of the frame that lasts until the next.
  MemorySegment copy(MemorySegment memory, long offset, int lengthBytes) {
    MemorySegment.copy(memory, offset, copied, 0, lengthBytes);
    return copied;
  }

  /// The port that a guest's frames for an address go to if they go to one local port and nowhere
  /// else; otherwise a port that takes nothing.
  SwitchPort onlyReceiver(SwitchPort source, long destination) {
    if (promiscuousPorts || MacAddress.isGroup(destination)) {
      return nobody;
    }
    SwitchPort target = macs.find(destination, nobody);
    return target == source ? nobody : target;
  }

  /// The uplink comes first: if it has no room the frame has gone nowhere and can be offered again.
  boolean forwardFromGuest(
      SwitchPort source, int vlan, MemorySegment memory, long offset, int lengthBytes) {
    long destination = EthernetHeader.destination(memory, offset);
    boolean group = MacAddress.isGroup(destination);
    SwitchPort target = group ? nobody : macs.find(destination, nobody);
    if (target == nobody || !target.isLocal()) {
      if (!uplink.offer(memory, offset, lengthBytes)) {
        return false;
      }
      uplinkUnflushed = true;
    } else if (target != source) {
      target.deliver(vlan, memory, offset, lengthBytes);
    }
    if (group || promiscuousPorts) {
      copies(group, source, target, vlan, memory, offset, lengthBytes);
    }
    return true;
  }

  private void forwardFromUplink(MemorySegment memory, long offset, int lengthBytes) {
    if (lengthBytes < EthernetHeader.BYTES) {
      unknownFromUplink++;
      return;
    }
    int vlan = EthernetHeader.vlan(memory, offset, lengthBytes);
    long destination = EthernetHeader.destination(memory, offset);
    boolean group = MacAddress.isGroup(destination);
    SwitchPort target = group ? nobody : macs.find(destination, nobody);
    if (target != nobody) {
      target.deliver(vlan, memory, offset, lengthBytes);
    } else if (!group) {
      unknownFromUplink++;
    }
    if (group || promiscuousPorts) {
      copies(group, nobody, target, vlan, memory, offset, lengthBytes);
    }
  }

  private void copies(
      boolean group,
      SwitchPort source,
      SwitchPort target,
      int vlan,
      MemorySegment memory,
      long offset,
      int lengthBytes) {
    for (SwitchPort port : ports) {
      if (port != source && port != target && port.takesCopies(group)) {
        port.deliver(vlan, memory, offset, lengthBytes);
      }
    }
  }

  void flush() {
    for (SwitchPort port : ports) {
      port.flushReceiver();
    }
    if (uplinkUnflushed) {
      uplinkUnflushed = false;
      uplink.flush();
    }
  }

  private final class FromUplink implements FramePort {
    @Override
    public boolean offer(MemorySegment memory, long offset, int lengthBytes) {
      forwardFromUplink(memory, offset, lengthBytes);
      return true;
    }

    @Override
    public void flush() {
      VirtualSwitch.this.flush();
    }
  }

  private static final class Nowhere implements FramePort {
    @Override
    public boolean offer(MemorySegment memory, long offset, int lengthBytes) {
      return false;
    }

    @Override
    public void flush() {
      // It took nothing.
    }
  }
}
