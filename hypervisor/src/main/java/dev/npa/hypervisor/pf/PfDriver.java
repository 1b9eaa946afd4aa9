// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

import dev.npa.hypervisor.port.VlanSet;
import dev.npa.nic.Device;
import dev.npa.nic.FramePort;
import dev.npa.nic.MacAddress;
import dev.npa.verifier.DeviceId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// NPA's "PF control": what a hypervisor asks of the driver of a physical function.
///
/// Called on the device thread only. An operation in the wrong state of its function throws
/// [IllegalStateException] and changes nothing; `false` or empty means that the device lacks what
/// it would take. NPA's VF_SAVE_STATE is of UPT only and is not here, nor is PF_MIRROR_ALL: no
/// device of this project mirrors.
///
/// | operation | FREE | ACQUIRED | ENABLED | RESET |
/// |---|---|---|---|---|
/// | vfGetInfo, vfInit | throws | allowed | throws | throws |
/// | vfActivate, vfSet, vfAdd, vfDel, vfQueueStatus | throws | throws | allowed | throws |
/// | vfQueueStats | throws | throws | allowed | allowed |
/// | vfQuiesce | nothing | nothing | allowed | allowed |
/// | vfRelease | throws | allowed | allowed | allowed |
///
/// As a [Device] it receives for the uplink and answers mailboxes.
public interface PfDriver extends Device {
  /// IS_SUPPORTED: whether the device can give away functions now.
  boolean isSupported();

  /// Number of virtual functions.
  int vfCount();

  /// What every virtual function is: SR-IOV knows one device id for all of them.
  DeviceId vfId();

  VfState vfState(int vf);

  /// VF_ACQUIRE: reserves a free function that meets the requirements.
  OptionalInt vfAcquire(VfRequirements requirements);

  /// VF_INIT: prepares the function to run; if that fails, it is released.
  void vfInit(int vf, VfParameters parameters);

  /// VF_ACTIVATE: the function transmits and receives from now on.
  void vfActivate(int vf);

  /// VF_QUIESCE: the function finishes what its user handed over by doorbell, then stops.
  void vfQuiesce(int vf);

  /// VF_RELEASE: resets the function and takes its filters away; it is free afterwards.
  void vfRelease(int vf);

  /// VF_GET_INFO.
  VfInfo vfGetInfo(int vf);

  /// VF_SET_RSS_IND_TABLE.
  ///
  /// @param queues receive queue of each hash value, at most 128
  /// @throws IllegalArgumentException if an entry names a queue that the function lacks
  void vfSetRssIndirectionTable(int vf, byte[] queues);

  /// VF_GET_QUEUE_STATS: adds to `sum` what was counted since the last call.
  void vfQueueStats(int vf, VfStatistics sum);

  /// VF_GET_QUEUE_STATUS.
  QueueStatus vfQueueStatus(int vf);

  /// VF_SET_MAC: the function receives for this address instead of the one before.
  ///
  /// @return false if there is no filter left; the one before stays
  boolean vfSetMac(int vf, MacAddress mac);

  /// VF_SET_MULTICAST.
  ///
  /// @param groups at most 32
  /// @throws IllegalArgumentException if there are more
  void vfSetMulticast(int vf, List<MacAddress> groups);

  /// VF_SET_RX_MODE: bits `DriverShared.RX_MODE_*`. Promiscuous is not supported under NPA.
  ///
  /// @return false if `rxMode` has the promiscuous bit
  boolean vfSetRxMode(int vf, int rxMode);

  /// VF_ADD_VLAN_RANGE.
  ///
  /// @return false if there are not enough filters; the VLANs before stay
  boolean vfAddVlans(int vf, VlanSet vlans);

  /// VF_DEL_VLAN_RANGE.
  ///
  /// @return false if what is left cannot be expressed with the filters there are
  boolean vfDelVlans(int vf, VlanSet vlans);

  /// VF_SET_DEFAULT_VLAN.
  void vfSetDefaultVlan(int vf, Optional<DefaultVlan> vlan);

  /// VF_SET_ANTISPOOF.
  void vfSetAntiSpoof(int vf, boolean on);

  /// VF_SET_IML: interrupt moderation.
  ///
  /// @param level 0 (none) to 7
  void vfSetInterruptModeration(int vf, int level);

  /// VF_SET_MTU.
  ///
  /// @param mtu in bytes, 60 to 9000
  void vfSetMtu(int vf, int mtu);

  /// PF_ADD_MAC_FILTER: the uplink receives for this address.
  ///
  /// @return false if there is no filter left
  boolean pfAddMacFilter(MacAddress mac);

  /// PF_DEL_MAC_FILTER.
  void pfDelMacFilter(MacAddress mac);

  /// The VLANs of the guests in emulation. Not of NPA's table: there the physical function's
  /// ordinary driver has it.
  ///
  /// @return false if there are not enough filters; the VLANs before stay
  boolean pfSetVlans(VlanSet vlans);

  /// Where the virtual switch sends. Takes nothing between [#holdUplink] and [#releaseUplink].
  FramePort uplink();

  /// Stops taking frames on the uplink and lets the device finish those it has.
  ///
  /// @return false if the device did not finish
  boolean holdUplink();

  void releaseUplink();

  /// Passes on all frames that the device has received for the uplink.
  void drainReceive();
}
