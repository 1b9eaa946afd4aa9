// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import dev.npa.nic.MacAddress;
import dev.npa.nic.offload.FrameHeaders;
import dev.npa.nic.vmxnet3.abi.DriverShared;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/// Which frames a driver wants: receive mode, own address, group addresses, VLANs.
///
/// Promiscuous passes all. Otherwise a tagged frame must be of a VLAN in the table (ids 0 and 4095
/// always pass), and the destination must be wanted.
final class RxFilter {
  static final int VLAN_WORDS = 128;

  private static final int VLAN_ID_MASK = 0xFFF;

  private int mode;
  private long mac;
  private long[] groups = {};
  private final int[] vlans = new int[VLAN_WORDS];

  RxFilter(MacAddress mac) {
    this.mac = mac.value();
  }

  int mode() {
    return mode;
  }

  /// @param newMode bits `DriverShared.RX_MODE_*`
  void mode(int newMode) {
    mode = newMode;
  }

  void mac(MacAddress address) {
    mac = address.value();
  }

  void groups(List<MacAddress> addresses) {
    groups = addresses.stream().mapToLong(MacAddress::value).sorted().toArray();
  }

  /// @param table bit `vid & 31` of word `vid >> 5`, [#VLAN_WORDS] words
  void vlans(int[] table) {
    System.arraycopy(table, 0, vlans, 0, VLAN_WORDS);
  }

  /// @param lengthBytes `>= 14`
  boolean accepts(MemorySegment memory, long frame, int lengthBytes) {
    if ((mode & DriverShared.RX_MODE_PROMISCUOUS) != 0) {
      return true;
    }
    if (FrameHeaders.isTagged(memory, frame, lengthBytes)
        && !acceptsVlan(FrameHeaders.tagControl(memory, frame) & VLAN_ID_MASK)) {
      return false;
    }
    return accepts(MacAddress.read(memory, frame));
  }

  /// Whether the guest gets a frame without tag for this address.
  boolean accepts(long destination) {
    if ((mode & DriverShared.RX_MODE_PROMISCUOUS) != 0) {
      return true;
    }
    if (!MacAddress.isGroup(destination)) {
      return (mode & DriverShared.RX_MODE_UNICAST) != 0 && destination == mac;
    }
    if (destination == MacAddress.BROADCAST) {
      return (mode & DriverShared.RX_MODE_BROADCAST) != 0;
    }
    return (mode & DriverShared.RX_MODE_ALL_MULTI) != 0
        || (mode & DriverShared.RX_MODE_MULTICAST) != 0
            && Arrays.binarySearch(groups, destination) >= 0;
  }

  private boolean acceptsVlan(int id) {
    return id == 0 || id == VLAN_ID_MASK || (vlans[id >>> 5] & 1 << id) != 0;
  }
}
