// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

import static dev.npa.nic.i82576.I82576Registers.DTXSWC;
import static dev.npa.nic.i82576.I82576Registers.DTXSWC_VLAN_SPOOF_SHIFT;
import static dev.npa.nic.i82576.I82576Registers.RCTL;
import static dev.npa.nic.i82576.I82576Registers.RCTL_VFE;
import static dev.npa.nic.i82576.I82576Registers.VLVF;
import static dev.npa.nic.i82576.I82576Registers.VLVF_ENABLE;
import static dev.npa.nic.i82576.I82576Registers.VLVF_ENTRIES;
import static dev.npa.nic.i82576.I82576Registers.VLVF_POOL_SHIFT;
import static dev.npa.nic.i82576.I82576Registers.VMOLR;
import static dev.npa.nic.i82576.I82576Registers.VMOLR_AUPE;

import dev.npa.hypervisor.port.VlanSet;
import java.util.Map;
import java.util.TreeMap;

/// The 32 VLAN filters (82576 data sheet, 8.10.19), which all pools share.
///
/// While every pool may use every VLAN, filtering is off. As soon as one pool is restricted it is
/// on, and every VLAN of every pool needs an entry: that can be more than there are, above all for
/// a pool that may use all. Then [#set] answers false and nothing changes.
final class VlanFilters {
  private final Registers registers;
  private final Map<Integer, VlanSet> pools = new TreeMap<>();

  VlanFilters(Registers registers) {
    this.registers = registers;
  }

  /// The VLANs of a pool; none if it was not set.
  VlanSet of(int pool) {
    return pools.getOrDefault(pool, VlanSet.of());
  }

  boolean set(int pool, VlanSet vlans) {
    Map<Integer, VlanSet> wanted = new TreeMap<>(pools);
    wanted.put(pool, vlans);
    return apply(wanted);
  }

  void remove(int pool) {
    Map<Integer, VlanSet> wanted = new TreeMap<>(pools);
    wanted.remove(pool);
    if (!apply(wanted)) {
      throw new IllegalStateException("fewer VLANs need more than " + VLVF_ENTRIES + " filters");
    }
  }

  private boolean apply(Map<Integer, VlanSet> wanted) {
    boolean filtering = !wanted.values().stream().allMatch(VlanSet.ALL::equals);
    VlanSet all = wanted.values().stream().reduce(VlanSet.of(0), VlanSet::union);
    int[] ids = filtering ? all.without(VlanSet.of(0)).ids() : new int[0];
    if (ids.length > VLVF_ENTRIES) {
      return false;
    }
    for (int i = 0; i < VLVF_ENTRIES; i++) {
      registers.write(VLVF + 4 * i, i < ids.length ? entry(ids[i], wanted) : 0);
    }
    for (Map.Entry<Integer, VlanSet> pool : wanted.entrySet()) {
      registers.assign(VMOLR + 4 * pool.getKey(), VMOLR_AUPE, pool.getValue().contains(0));
      boolean restricted = filtering && pool.getKey() != I82576PfDriver.PF_POOL;
      registers.assign(DTXSWC, 1 << DTXSWC_VLAN_SPOOF_SHIFT + pool.getKey(), restricted);
    }
    registers.assign(RCTL, RCTL_VFE, filtering);
    pools.clear();
    pools.putAll(wanted);
    return true;
  }

  private static int entry(int id, Map<Integer, VlanSet> wanted) {
    int bits = 0;
    for (Map.Entry<Integer, VlanSet> pool : wanted.entrySet()) {
      bits |= pool.getValue().contains(id) ? 1 << VLVF_POOL_SHIFT + pool.getKey() : 0;
    }
    return VLVF_ENABLE | bits | id;
  }
}
