// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import dev.npa.nic.MacAddress;
import dev.npa.nic.memory.IommuDomain;
import dev.npa.nic.vmxnet3.abi.DriverShared;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes what a driver wants to receive from shared memory to the host's policy and, if allowed, to
/// the filter. Each method is one UPDATE command; RESULT_FAIL leaves the filter as it was.
final class FilterControl {
  private static final int MAC_BYTES = 6;
  private static final int RX_MODES = 0x1F;

  private final IommuDomain iommu;
  private final Vmxnet3Host host;
  private final RxFilter filter;
  private final ReceivePath receivePath;
  private final Refusals refusals;
  private int rxQueues;

  FilterControl(
      IommuDomain iommu,
      Vmxnet3Host host,
      RxFilter filter,
      ReceivePath receivePath,
      Refusals refusals) {
    this.iommu = iommu;
    this.host = host;
    this.filter = filter;
    this.receivePath = receivePath;
    this.refusals = refusals;
  }

  /// ACTIVATE_DEV reads all; what is refused does not keep the device from being activated.
  void open(SharedArea area, int rxQueueCount) {
    rxQueues = rxQueueCount;
    features(area);
    groups(area);
    vlans(area);
    mode(area);
  }

  /// UPDATE_RX_MODE.
  int mode(SharedArea area) {
    int mode = area.getInt(DriverShared.RX_MODE);
    if ((mode & ~RX_MODES) != 0) {
      return refusals.refuse("rx mode %#x".formatted(mode));
    }
    if (!host.rxModeRequested(mode)) {
      return refusals.refuse("policy forbids rx mode %#x".formatted(mode));
    }
    filter.mode(mode);
    return Vmxnet3Command.RESULT_OK;
  }

  /// UPDATE_MAC_FILTERS. An address that is not a group's is left out.
  int groups(SharedArea area) {
    int lengthBytes = area.getShort(DriverShared.MULTICAST_TABLE_LEN);
    List<MacAddress> groups = new ArrayList<>();
    if (lengthBytes != 0) {
      long address = area.getLong(DriverShared.MULTICAST_TABLE_PA);
      long table = iommu.translate(address, lengthBytes, IommuDomain.READ);
      if (table == IommuDomain.FAULT || lengthBytes % MAC_BYTES != 0) {
        return refusals.refuse(
            "multicast table of %d bytes at %#x".formatted(lengthBytes, address));
      }
      for (int i = 0; i < lengthBytes; i += MAC_BYTES) {
        long mac = MacAddress.read(iommu.memory(), table + i);
        if (MacAddress.isGroup(mac)) {
          groups.add(new MacAddress(mac));
        }
      }
    }
    if (!host.multicastRequested(List.copyOf(groups))) {
      return refusals.refuse("policy forbids " + groups.size() + " multicast addresses");
    }
    filter.groups(groups);
    return Vmxnet3Command.RESULT_OK;
  }

  /// UPDATE_VLAN_FILTERS.
  int vlans(SharedArea area) {
    int[] table = new int[RxFilter.VLAN_WORDS];
    for (int i = 0; i < table.length; i++) {
      table[i] = area.getInt(DriverShared.VLAN_TABLE + 4 * i);
    }
    if (!host.vlansRequested(table.clone())) {
      return refusals.refuse("policy forbids the VLAN table");
    }
    filter.vlans(table);
    return Vmxnet3Command.RESULT_OK;
  }

  /// UPDATE_FEATURE. LRO is accepted and never done.
  int features(SharedArea area) {
    long features = area.getLong(DriverShared.UPT_FEATURES);
    receivePath.features(features);
    if ((features & DriverShared.FEATURE_RSS) == 0) {
      receivePath.rss(Optional.empty());
      return Vmxnet3Command.RESULT_OK;
    }
    return rss(area);
  }

  /// UPDATE_RSSIDT. Without a block that makes sense all frames go to queue 0.
  int rss(SharedArea area) {
    int lengthBytes = area.getInt(DriverShared.RSS_CONF_DESC + 4);
    long address = area.getLong(DriverShared.RSS_CONF_DESC + 8);
    if (lengthBytes < RssTable.SIZE_BYTES) {
      return refuseRss("RSS block of " + lengthBytes + " bytes");
    }
    long block = iommu.translate(address, RssTable.SIZE_BYTES, IommuDomain.READ);
    if (block == IommuDomain.FAULT || !RssTable.isValid(iommu.memory(), block, rxQueues)) {
      return refuseRss("RSS block at %#x".formatted(address));
    }
    receivePath.rss(Optional.of(RssTable.read(iommu.memory(), block, rxQueues)));
    return Vmxnet3Command.RESULT_OK;
  }

  private int refuseRss(String reason) {
    receivePath.rss(Optional.empty());
    return refusals.refuse(reason);
  }

  /// MACH written.
  boolean mac(MacAddress mac) {
    if (mac.value() == 0 || MacAddress.isGroup(mac.value())) {
      refusals.refuse("not a station's address: " + mac);
      return false;
    }
    if (!host.macRequested(mac)) {
      refusals.refuse("policy forbids MAC address " + mac);
      return false;
    }
    filter.mac(mac);
    return true;
  }
}
