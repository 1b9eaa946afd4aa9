// SPDX-License-Identifier: MIT
package dev.npa.hypervisor;

import dev.npa.hypervisor.pf.PfDriver;
import dev.npa.hypervisor.port.VlanSet;
import java.util.ArrayList;
import java.util.List;

/// The VLANs of all guests, for the physical function's filters.
///
/// While no virtual function is restricted the uplink receives every VLAN and the virtual switch
/// keeps guests apart. A restricted function needs the device's filters, and then the uplink gets
/// just what its guests may use.
final class VlanDomain {
  private final PfDriver pf;
  private final List<VlanSet> guests = new ArrayList<>();
  private boolean narrowed;

  VlanDomain(PfDriver pf) {
    this.pf = pf;
  }

  /// @return false if the device's filters are in use and do not suffice for one more guest
  boolean add(VlanSet guest) {
    guests.add(guest);
    if (narrowed && !pf.pfSetVlans(union())) {
      guests.remove(guest);
      return false;
    }
    return true;
  }

  void remove(VlanSet guest) {
    guests.remove(guest);
  }

  /// Restricts a virtual function.
  ///
  /// @return false if the device's filters do not suffice
  boolean restrict(int vf, VlanSet vlans) {
    if (pf.vfAddVlans(vf, vlans)) {
      return true;
    }
    if (!pf.pfSetVlans(union())) {
      return false;
    }
    narrowed = true;
    return pf.vfAddVlans(vf, vlans);
  }

  /// A virtual function was released: the uplink receives everything again if it can.
  void released() {
    narrowed = narrowed && !pf.pfSetVlans(VlanSet.ALL);
  }

  private VlanSet union() {
    return guests.stream().reduce(VlanSet.of(), VlanSet::union);
  }
}
