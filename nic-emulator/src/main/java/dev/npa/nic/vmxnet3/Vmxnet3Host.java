// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import dev.npa.nic.FramePort;
import dev.npa.nic.MacAddress;
import java.util.List;
import java.util.Optional;

/// The hypervisor behind a vmxnet3 device: every control operation of the guest comes here first.
/// Called on the device thread.
///
/// Where a method answers `boolean`, false means that policy forbids it: the device keeps what it
/// had. Where it answers `int`, the value is the result that the guest reads from CMD.
public interface Vmxnet3Host {
  /// Memory that the guest grants to a virtual function.
  record MemoryRegion(long address, int lengthBytes) {}

  /// Where the frames go that the guest sends in emulated mode.
  FramePort uplink();

  /// The guest wants another MAC address.
  boolean macRequested(MacAddress mac);

  /// The guest wants this MTU in bytes (without Ethernet header), 60 to 9000: at activation, or at
  /// run time in whatever mode.
  boolean mtuRequested(int mtu);

  /// The guest wants another receive mode, bits `DriverShared.RX_MODE_*`.
  boolean rxModeRequested(int rxMode);

  /// The guest wants to receive these group addresses.
  boolean multicastRequested(List<MacAddress> groups);

  /// The guest wants to receive these VLANs: bit `vid & 31` of word `vid >> 5`, 128 words.
  boolean vlansRequested(int[] vlanTable);

  /// The device is active in emulated mode from now on. A guest may come here straight from
  /// STOP_EMULATION or ACTIVATE_VF, without [#stopped] between: frames that wait for it are kept.
  void activated();

  /// The device was quiesced or reset, from whatever mode; emulation is not active either.
  void stopped();

  /// LOAD_PLUGIN.
  ///
  /// @param address guest-physical address of the region, checked to be in memory
  /// @param lengthBytes its length; 0 = the guest withdraws
  int loadPlugin(int version, long address, int lengthBytes);

  /// REGISTER_MEMREGS; regions are checked to be in memory.
  int memoryRegistered(List<MemoryRegion> regions);

  /// STOP_EMULATION; the device has finished all frames and transmits no more.
  int emulationStopped();

  /// ACTIVATE_VF; if the result is RESULT_OK the device receives no more.
  int activateVf();

  /// What a virtual function has done for the guest since ACTIVATE_VF.
  interface FunctionCounters {
    /// Frames that left the transmit queue for the network.
    long framesSent();

    /// Their bytes, padded to 60, without FCS and without tags that the host inserts.
    long bytesSent();

    /// Frames that the function took off the queue and dropped because their descriptors made no
    /// sense.
    long framesMalformed();

    /// Frames that it dropped because they were not from the guest's address.
    long framesForged();

    /// Frames written to the guest's buffers.
    long framesReceived();

    /// Their bytes, without FCS, VLAN tags included.
    long bytesReceived();

    /// Frames for which there was no buffer.
    long framesMissed();

    /// Frames dropped for other reasons: too long, function not receiving.
    long framesRefused();
  }

  /// The counters of the function in use, or of the one used last. They are final once the function
  /// has been taken back; until then the next call may change the same object.
  Optional<FunctionCounters> functionCounters();
}
