// SPDX-License-Identifier: MIT
package dev.npa.hypervisor;

import dev.npa.hypervisor.port.PortCounters;

/// What a virtual machine sent and received.
///
/// @param emulated through the virtual switch
/// @param passthrough through virtual functions, all it ever had
/// @param switchesToPassthrough how often it got a function to run
/// @param switchesToEmulated how often it lost one
/// @param iommuFaults accesses of its functions outside the memory it granted
public record VmStatistics(
    PortCounters emulated,
    Passthrough passthrough,
    long switchesToPassthrough,
    long switchesToEmulated,
    long iommuFaults) {

  /// Frames and bytes, these with FCS, as the functions count them.
  ///
  /// @param received all frames, `receivedLocal` those of them from other functions of the device
  /// @param receiveDropped frames for which the guest had no buffers, or whose function did not
  ///   receive
  /// @param sendDropped frames that the functions took and did not send: malformed, or forged
  public record Passthrough(
      long received,
      long receivedBytes,
      long receivedLocal,
      long sent,
      long sentBytes,
      long receiveDropped,
      long sendDropped) {}
}
