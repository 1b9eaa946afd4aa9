// SPDX-License-Identifier: MIT
package dev.npa.nic;

/// Something that a [DeviceThread] gives a turn.
public interface Device {
  /// Does at most one burst of work per queue. Called from the device thread only.
  ///
  /// @return whether there was work; the thread sleeps when no device had any
  boolean poll();
}
