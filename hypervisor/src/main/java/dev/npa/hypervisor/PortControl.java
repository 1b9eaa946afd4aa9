// SPDX-License-Identifier: MIT
package dev.npa.hypervisor;

import dev.npa.hypervisor.HypervisorEvent.Kind;
import dev.npa.hypervisor.pf.PfDriver;
import dev.npa.hypervisor.port.PortPolicy;
import dev.npa.hypervisor.port.VlanSet;
import dev.npa.hypervisor.vswitch.SwitchPort;
import dev.npa.nic.MacAddress;
import dev.npa.nic.vmxnet3.abi.DriverShared;
import java.util.List;
import java.util.OptionalInt;

/// A guest's settings. Each request is put to the policy, then to the virtual switch, or to the PF
/// driver if a virtual function runs, and is kept for the next change of mode.
///
/// Nothing here is per frame.
final class PortControl {
  private static final int MAX_VF_GROUPS = 32;
  private static final int DEFAULT_MTU = 1500;

  private final String vm;
  private final HostNetwork host;
  private final SwitchPort port;
  private final PortPolicy policy;
  private int rxMode;
  private int mtu = DEFAULT_MTU;
  private List<MacAddress> groups = List.of();
  private OptionalInt runningVf = OptionalInt.empty();
  private boolean filterMissing;

  PortControl(String vm, HostNetwork host, SwitchPort port, PortPolicy policy) {
    this.vm = vm;
    this.host = host;
    this.port = port;
    this.policy = policy;
    port.permit(policy.forgedTransmits(), policy.vlans());
  }

  SwitchPort port() {
    return port;
  }

  PortPolicy policy() {
    return policy;
  }

  MacAddress mac() {
    return port.mac();
  }

  int mtu() {
    return mtu;
  }

  boolean requestMac(MacAddress mac) {
    if (!policy.allowsMac(mac, port.mac())) {
      return refuse("MAC address " + mac);
    }
    if (!host.vswitch().isFree(mac, port)) {
      return refuse("MAC address " + mac + ", which another guest has");
    }
    MacAddress before = port.mac();
    if (mac.equals(before)) {
      return true;
    }
    PfDriver pf = host.pf();
    if (runningVf.isPresent()) {
      if (!pf.vfSetMac(runningVf.getAsInt(), mac)) {
        return refuse("MAC address " + mac + ": no filter left");
      }
    } else {
      if (!pf.pfAddMacFilter(mac)) {
        return refuse("MAC address " + mac + ": no filter left");
      }
      pf.pfDelMacFilter(before);
    }
    port.mac(mac);
    return true;
  }

  boolean requestMtu(int wanted) {
    if (!policy.allowsMtu(wanted)) {
      return refuse("MTU " + wanted);
    }
    mtu = wanted;
    runningVf.ifPresent(vf -> host.pf().vfSetMtu(vf, wanted));
    return true;
  }

  /// A function's own mailbox asks for something. Under NPA whoever writes there is the vendor's
  /// plugin, and the guest's settings are not the plugin's to change: the guest asks through its
  /// vmxnet3 device.
  boolean requestedByMailbox(String what) {
    return refuse(what + ", by the function's mailbox");
  }

  boolean requestRxMode(int wanted) {
    if (!policy.allowsRxMode(wanted)) {
      return refuse("receive mode %#x".formatted(wanted));
    }
    if (runningVf.isPresent() && !applyRxMode(runningVf.getAsInt(), wanted)) {
      return refuse("receive mode %#x: not with a virtual function".formatted(wanted));
    }
    rxMode = wanted;
    port.promiscuous((wanted & DriverShared.RX_MODE_PROMISCUOUS) != 0);
    return true;
  }

  boolean requestGroups(List<MacAddress> wanted) {
    if (runningVf.isPresent() && !mayReceiveGroups(wanted)) {
      return refuse(wanted.size() + " multicast groups, which takes all of them");
    }
    groups = List.copyOf(wanted);
    if (runningVf.isPresent()) {
      applyGroups(runningVf.getAsInt());
    }
    return true;
  }

  /// The device filters by the guest's own table; a virtual function filters by policy only, so
  /// that the guest may see tags it did not ask for, but none that it may not see.
  boolean requestVlans(int[] table) {
    VlanSet tagged = VlanSet.ofTable(table).without(VlanSet.of(0));
    boolean everything = tagged.union(VlanSet.of(0, 4095)).equals(VlanSet.ALL);
    // All bits set is how a driver says that it does not filter, not a request for each VLAN.
    return everything || tagged.isSubsetOf(policy.vlans()) || refuse(tagged.toString());
  }

  /// Gives a virtual function in state ENABLED the guest's settings and its address.
  ///
  /// @return false if the function cannot do what the guest uses
  boolean moveTo(int vf) {
    PfDriver pf = host.pf();
    if (!mayReceiveGroups(groups)
        || !applyRxMode(vf, rxMode)
        || !pf.vfSetMac(vf, port.mac())
        || !host.vlans().restrict(vf, policy.vlans())) {
      return false;
    }
    applyGroups(vf);
    pf.vfSetAntiSpoof(vf, !policy.forgedTransmits());
    pf.pfDelMacFilter(port.mac());
    runningVf = OptionalInt.of(vf);
    return true;
  }

  /// The uplink receives for the guest again. There is room: the function's filter becomes shared.
  /// Should there be none all the same, the other guests reach this one, and [#findFilter] goes on
  /// trying for the network's sake.
  void moveBack() {
    runningVf = OptionalInt.empty();
    filterMissing = !host.pf().pfAddMacFilter(port.mac());
    if (filterMissing) {
      host.events().add(vm, Kind.SWITCH_FAILED, "no MAC filter left for " + port.mac());
    }
  }

  /// @return whether a filter that was missing is there now
  boolean findFilter() {
    if (!filterMissing || runningVf.isPresent()) {
      return false;
    }
    filterMissing = !host.pf().pfAddMacFilter(port.mac());
    return !filterMissing;
  }

  /// A function has filters for so many groups; beyond, it receives all, which policy may forbid.
  private boolean mayReceiveGroups(List<MacAddress> wanted) {
    return wanted.size() <= MAX_VF_GROUPS || policy.allowsRxMode(DriverShared.RX_MODE_ALL_MULTI);
  }

  private boolean applyRxMode(int vf, int mode) {
    boolean manyGroups = groups.size() > MAX_VF_GROUPS;
    return host.pf().vfSetRxMode(vf, mode | (manyGroups ? DriverShared.RX_MODE_ALL_MULTI : 0));
  }

  private void applyGroups(int vf) {
    host.pf().vfSetMulticast(vf, groups.size() > MAX_VF_GROUPS ? List.of() : groups);
    applyRxMode(vf, rxMode);
  }

  private boolean refuse(String what) {
    host.events().add(vm, Kind.REFUSED_BY_POLICY, what);
    return false;
  }
}
