// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import dev.npa.nic.MacAddress;
import java.util.Arrays;

/// Which pools a frame is for (82576 data sheet, 7.10.3), decoded from the PF's registers.
///
/// Pools are bits of an int. In order: broadcast, else exact address, else hash; then VLAN. Without
/// VMDq (MRQC) everything accepted goes to pool 0. The default pool, which pools may receive and
/// what each may receive are the switch's business.
final class PoolFilters {
  static final int POOLS = 8;
  private static final int ALL_POOLS = (1 << POOLS) - 1;
  private static final int VLAN_IDS = 4096;

  /// [#select]: the frame passed an inexact filter. Not a pool.
  static final int INEXACT = 1 << 31;

  private final RegisterTable registers;
  private final MacTable exact = new MacTable();
  private final byte[] vlanPools = new byte[VLAN_IDS];
  private int broadcastPools;
  private int hashedMulticastPools;
  private int hashedUnicastPools;
  private int allMulticastPools;
  private int untaggedPools;
  private int defaultPools;
  private int hashShift;
  private boolean filtersVlans;
  private int vlanEtherType;

  PoolFilters(RegisterTable registers) {
    this.registers = registers;
  }

  /// Decodes the registers anew; after any of them was written.
  void reload() {
    boolean vmdq = vmdq();
    int rctl = registers.read(I82576Registers.RCTL);
    hashShift = 4 - (rctl >>> I82576Registers.RCTL_MO_SHIFT & 3);
    hashShift = hashShift == 1 ? 0 : hashShift; // MO = 3 selects bits 11:0
    filtersVlans = (rctl & I82576Registers.RCTL_VFE) != 0;
    vlanEtherType = registers.read(I82576Registers.VET) & 0xFFFF;
    if (vmdq) {
      broadcastPools = poolsWith(I82576Registers.VMOLR_BAM);
      hashedMulticastPools = poolsWith(I82576Registers.VMOLR_ROMPE);
      hashedUnicastPools = poolsWith(I82576Registers.VMOLR_ROPE);
      allMulticastPools = poolsWith(I82576Registers.VMOLR_MPME);
      untaggedPools = poolsWith(I82576Registers.VMOLR_AUPE);
      int vtCtl = registers.read(I82576Registers.VT_CTL);
      boolean noDefault = (vtCtl & I82576Registers.VT_CTL_DISABLE_DEFAULT_POOL) != 0;
      defaultPools = noDefault ? 0 : 1 << (vtCtl >>> I82576Registers.VT_CTL_DEFAULT_POOL_SHIFT & 7);
    } else {
      broadcastPools = (rctl & I82576Registers.RCTL_BAM) != 0 ? 1 : 0;
      hashedMulticastPools = 1;
      hashedUnicastPools = 1;
      allMulticastPools = (rctl & I82576Registers.RCTL_MPE) != 0 ? 1 : 0;
      untaggedPools = 1;
      defaultPools = (rctl & I82576Registers.RCTL_UPE) != 0 ? 1 : 0;
    }
    reloadAddresses(vmdq);
    reloadVlans(vmdq);
  }

  /// The pools whose filters a frame passes, and [#INEXACT].
  ///
  /// @param etherTypeAndTag bytes 12 to 15 of the frame
  int select(long destination, int etherTypeAndTag) {
    int pools;
    if (!MacAddress.isGroup(destination)) {
      pools = exact.pools(destination);
      if (pools == 0 && hashedUnicastPools != 0 && hit(I82576Registers.UTA, destination)) {
        pools = hashedUnicastPools | INEXACT;
      }
    } else if (destination == MacAddress.BROADCAST) {
      pools = broadcastPools;
    } else {
      pools = exact.pools(destination);
      if (pools == 0 && hit(I82576Registers.MTA, destination)) {
        pools = hashedMulticastPools | INEXACT;
      }
      pools |= allMulticastPools;
    }
    return filtersVlans ? pools & (vlanPools(etherTypeAndTag) | INEXACT) : pools;
  }

  /// The pool for unicast from the wire that no filter selected; a bit or 0.
  int defaultPools() {
    return defaultPools;
  }

  /// Whether the address is in an entry of a pool.
  boolean owns(int poolBit, long address) {
    return (exact.pools(address) & poolBit) != 0;
  }

  /// Whether the pool is a member of the frame's VLAN; a frame without a tag has none.
  boolean mayUseVlan(int poolBit, int etherTypeAndTag) {
    return !isTagged(etherTypeAndTag) || (vlanPools[etherTypeAndTag & VLAN_IDS - 1] & poolBit) != 0;
  }

  boolean isTagged(int etherTypeAndTag) {
    return etherTypeAndTag >>> 16 == vlanEtherType;
  }

  int vlanEtherType() {
    return vlanEtherType;
  }

  /// The hash table index of an address (7.1.3.3): 12 of its last 16 bits, the last byte highest.
  static int hash(long address, int shift) {
    int low = (int) (address >>> 8) & 0xFF;
    int high = (int) address & 0xFF;
    return (high << 8 | low) >>> shift & 0xFFF;
  }

  private boolean hit(int table, long address) {
    int index = hash(address, hashShift);
    return (registers.read(table + 4 * (index >>> 5)) >>> (index & 31) & 1) != 0;
  }

  private int vlanPools(int etherTypeAndTag) {
    return isTagged(etherTypeAndTag)
        ? vlanPools[etherTypeAndTag & VLAN_IDS - 1] & ALL_POOLS
        : untaggedPools;
  }

  boolean vmdq() {
    int mode = registers.read(I82576Registers.MRQC) & I82576Registers.MRQC_MODE_MASK;
    return mode == I82576Registers.MRQC_MODE_VMDQ || mode == I82576Registers.MRQC_MODE_VMDQ_RSS;
  }

  private void reloadAddresses(boolean vmdq) {
    exact.clear();
    for (int i = 0; i < I82576Registers.RECEIVE_ADDRESSES; i++) {
      int low = i < 16 ? I82576Registers.RAL + 8 * i : I82576Registers.RAL_HIGH + 8 * (i - 16);
      int high = registers.read(low + 4);
      int pools = vmdq ? high >>> I82576Registers.RAH_POOL_SHIFT & ALL_POOLS : 1;
      if ((high & I82576Registers.RAH_AV) != 0 && pools != 0) {
        exact.add(MacAddress.ofRegisters(registers.read(low), high).value(), pools);
      }
    }
  }

  /// VLVF with VMDq; without, VFTA, whose members are all in pool 0.
  private void reloadVlans(boolean vmdq) {
    Arrays.fill(vlanPools, (byte) 0);
    if (vmdq) {
      for (int i = 0; i < I82576Registers.VLVF_ENTRIES; i++) {
        int entry = registers.read(I82576Registers.VLVF + 4 * i);
        if ((entry & I82576Registers.VLVF_ENABLE) != 0) {
          vlanPools[entry & VLAN_IDS - 1] |= (byte) (entry >>> I82576Registers.VLVF_POOL_SHIFT);
        }
      }
      return;
    }
    for (int id = 0; id < VLAN_IDS; id++) {
      vlanPools[id] = (byte) (registers.read(I82576Registers.VFTA + 4 * (id >>> 5)) >>> id & 1);
    }
  }

  private int poolsWith(int vmolrBit) {
    int pools = 0;
    for (int pool = 0; pool < POOLS; pool++) {
      if ((registers.read(I82576Registers.VMOLR + 4 * pool) & vmolrBit) != 0) {
        pools |= 1 << pool;
      }
    }
    return pools;
  }
}
