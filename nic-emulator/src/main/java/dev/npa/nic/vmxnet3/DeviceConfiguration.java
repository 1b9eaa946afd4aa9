// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import java.util.List;

/// What a driver asked for at ACTIVATE_DEV, checked: every ring lies in guest memory, every index
/// is in range. Addresses are offsets in the device's memory segment.
///
/// @param shared the DriverShared block
/// @param features bits `DriverShared.FEATURE_*`
/// @param maxRxFragments buffers per received frame, `>= 1`
record DeviceConfiguration(
    long shared,
    int mtu,
    long features,
    boolean autoMask,
    int eventVector,
    int maxRxFragments,
    List<Tx> txQueues,
    List<Rx> rxQueues) {

  /// A transmit queue.
  ///
  /// @param descriptor its queue descriptor
  record Tx(
      long descriptor, long ring, int ringSize, long completions, int completionSize, int vector) {}

  /// A receive queue. Ring 1 is absent if its size is 0.
  ///
  /// @param descriptor its queue descriptor
  record Rx(
      long descriptor,
      long ring0,
      int ring0Size,
      long ring1,
      int ring1Size,
      long completions,
      int completionSize,
      int vector) {}
}
