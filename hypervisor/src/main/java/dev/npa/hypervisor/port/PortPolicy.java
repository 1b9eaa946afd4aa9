// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.port;

import dev.npa.nic.MacAddress;
import dev.npa.nic.vmxnet3.abi.DriverShared;

/// What the operator lets a guest do with its port. It holds in both modes: the virtual switch and
/// the PF driver enforce the same record.
///
/// @param macChange whether the guest may give itself another MAC address
/// @param rxModes the `DriverShared.RX_MODE_*` bits that the guest may set
/// @param vlans what the guest may send and receive; id 0 is untagged
/// @param minMtu smallest MTU in bytes, `>= 60`
/// @param maxMtu largest MTU in bytes, `<= 9000`
/// @param forgedTransmits whether the guest may send from an address that is not its own
public record PortPolicy(
    boolean macChange,
    int rxModes,
    VlanSet vlans,
    int minMtu,
    int maxMtu,
    boolean forgedTransmits) {

  /// The device's limits.
  private static final int MIN_MTU = 60;

  private static final int MAX_MTU = 9000;
  private static final int NOT_PROMISCUOUS =
      DriverShared.RX_MODE_UNICAST
          | DriverShared.RX_MODE_MULTICAST
          | DriverShared.RX_MODE_BROADCAST
          | DriverShared.RX_MODE_ALL_MULTI;

  /// May change its address and use all VLANs and MTUs; neither promiscuous nor forging.
  public static final PortPolicy STANDARD =
      new PortPolicy(true, NOT_PROMISCUOUS, VlanSet.ALL, MIN_MTU, MAX_MTU, false);

  /// @throws IllegalArgumentException if `minMtu < 60`, `maxMtu > 9000` or `minMtu > maxMtu`
  public PortPolicy {
    if (minMtu < MIN_MTU || maxMtu > MAX_MTU || minMtu > maxMtu) {
      throw new IllegalArgumentException("MTU " + minMtu + " to " + maxMtu);
    }
  }

  public PortPolicy withMacChange(boolean allowed) {
    return new PortPolicy(allowed, rxModes, vlans, minMtu, maxMtu, forgedTransmits);
  }

  public PortPolicy withRxModes(int allowed) {
    return new PortPolicy(macChange, allowed, vlans, minMtu, maxMtu, forgedTransmits);
  }

  public PortPolicy withVlans(VlanSet allowed) {
    return new PortPolicy(macChange, rxModes, allowed, minMtu, maxMtu, forgedTransmits);
  }

  public PortPolicy withMtu(int min, int max) {
    return new PortPolicy(macChange, rxModes, vlans, min, max, forgedTransmits);
  }

  public PortPolicy withForgedTransmits(boolean allowed) {
    return new PortPolicy(macChange, rxModes, vlans, minMtu, maxMtu, allowed);
  }

  /// @param current the address that the guest has
  public boolean allowsMac(MacAddress wanted, MacAddress current) {
    boolean station = wanted.value() != 0 && !MacAddress.isGroup(wanted.value());
    return station && (macChange || wanted.equals(current));
  }

  public boolean allowsRxMode(int rxMode) {
    return (rxMode & ~rxModes) == 0;
  }

  public boolean allowsMtu(int mtu) {
    return mtu >= minMtu && mtu <= maxMtu;
  }
}
