// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import java.util.HexFormat;

/// The PCI vendor and device id of a virtual function, written `8086:10ca`.
///
/// @param vendor 0 to 0xFFFF
/// @param device 0 to 0xFFFF
public record DeviceId(int vendor, int device) implements Comparable<DeviceId> {

  /// @throws IllegalArgumentException if `vendor` or `device` is not in 0 to 0xFFFF
  public DeviceId {
    if ((vendor | device) >>> 16 != 0) {
      throw new IllegalArgumentException("not 16 bits: vendor " + vendor + ", device " + device);
    }
  }

  @Override
  public int compareTo(DeviceId other) {
    return Integer.compareUnsigned(vendor << 16 | device, other.vendor << 16 | other.device);
  }

  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits((short) vendor) + ":" + hex.toHexDigits((short) device);
  }
}
