// SPDX-License-Identifier: MIT
package dev.npa.hypervisor;

import static dev.npa.nic.vmxnet3.abi.Vmxnet3Command.RESULT_FAIL;
import static dev.npa.nic.vmxnet3.abi.Vmxnet3Command.RESULT_OK;
import static dev.npa.nic.vmxnet3.abi.Vmxnet3Command.RESULT_RETRY;

import dev.npa.hypervisor.HypervisorEvent.Kind;
import dev.npa.hypervisor.pf.PfDriver;
import dev.npa.hypervisor.pf.VfInfo;
import dev.npa.hypervisor.pf.VfParameters;
import dev.npa.hypervisor.pf.VfStatistics;
import dev.npa.hypervisor.vswitch.PortState;
import dev.npa.nic.memory.GuestMemory;
import dev.npa.nic.vmxnet3.Vmxnet3Device;
import dev.npa.nic.vmxnet3.Vmxnet3Host.FunctionCounters;
import dev.npa.nic.vmxnet3.Vmxnet3Host.MemoryRegion;
import dev.npa.nic.vmxnet3.abi.PluginConf;
import dev.npa.verifier.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// How a virtual function comes to a guest and goes again ([VmMode]).
///
/// Each method is one transaction of the device thread. Order and completeness of frames rest on
/// two rules: the uplink's ring is empty whenever filters move, so that no frame in it is switched
/// by filters that its sender did not know; and what the device has received for the uplink goes to
/// the guests before the guest's port changes its state. A failure on the way to the function
/// leaves the guest in emulation.
final class VfLifeCycle {
  private static final int MODERATION_NONE = 0;

  private final String vm;
  private final HostNetwork host;
  private final GuestMemory memory;
  private final Vmxnet3Device device;
  private final PortControl port;
  private volatile VmMode mode = VmMode.INACTIVE;
  private volatile PluginStatus lastStatus = PluginStatus.NONE;
  private byte[] pluginPackage = {};
  private OptionalInt vf = OptionalInt.empty();
  private Optional<VfInfo> info = Optional.empty();
  private Optional<VfGrant> grant = Optional.empty();
  private Optional<PluginInjection> injection = Optional.empty();
  private final VfStatistics earlier = new VfStatistics();
  private final FunctionCount count = new FunctionCount();
  private Optional<FunctionCounters> counters = Optional.empty();
  private long notSent;
  private long refused;
  private long switchesToPassthrough;
  private long switchesToEmulated;
  private long faults;

  VfLifeCycle(
      String vm, HostNetwork host, GuestMemory memory, Vmxnet3Device device, PortControl port) {
    this.vm = vm;
    this.host = host;
    this.memory = memory;
    this.device = device;
    this.port = port;
  }

  VmMode mode() {
    return mode;
  }

  PluginStatus lastStatus() {
    return lastStatus;
  }

  OptionalInt vf() {
    return vf;
  }

  VmStatistics statistics() {
    countFunction();
    VfStatistics statistics = new VfStatistics();
    statistics.add(earlier);
    statistics.add(count.statistics());
    return new VmStatistics(
        port.port().counters(),
        new VmStatistics.Passthrough(
            statistics.received(),
            statistics.receivedBytes(),
            statistics.receivedLocal(),
            statistics.sent(),
            statistics.sentBytes(),
            statistics.receiveDropped() + refused + grant.map(VfGrant::framesRefused).orElse(0L),
            notSent + grant.map(g -> g.framesMalformed() + g.framesForged()).orElse(0L)),
        switchesToPassthrough,
        switchesToEmulated,
        faults + grant.map(VfGrant::faults).orElse(0L));
  }

  /// What the function has done since it was activated; the final word on it once it is gone.
  Optional<FunctionCounters> functionCounters() {
    countFunction();
    return counters;
  }

  // Emulated to passthrough.

  /// Tells the guest of a function that was acquired for it. Call in [VmMode#EMULATED].
  void offer(int acquiredVf, VfInfo itsInfo, byte[] itsPackage) {
    vf = OptionalInt.of(acquiredVf);
    info = Optional.of(itsInfo);
    pluginPackage = itsPackage.clone();
    lastStatus = PluginStatus.NONE;
    enter(VmMode.OFFERED, "VF " + acquiredVf);
    device.deviceImplementationChanged(true);
  }

  /// LOAD_PLUGIN: the package into the region that the guest named; the function's registers into
  /// its BAR window. The function can access no memory and neither send nor receive yet.
  int loadPlugin(int version, long address, int lengthBytes) {
    if (mode != VmMode.OFFERED || version != PluginConf.VERSION_VALUE) {
      return fail("LOAD_PLUGIN of version " + version);
    }
    if (lengthBytes < PluginConf.HEADER_BYTES) {
      return fail("LOAD_PLUGIN into " + lengthBytes + " bytes");
    }
    PluginInjection region = new PluginInjection(memory.segment().asSlice(address, lengthBytes));
    if (!region.fits(pluginPackage)) {
      return fail("LOAD_PLUGIN of " + pluginPackage.length + " into " + lengthBytes + " bytes");
    }
    region.write(info.orElseThrow(), VfGrant.VECTORS, pluginPackage);
    injection = Optional.of(region);
    grant =
        Optional.of(
            new VfGrant(
                host.nic().virtualFunction(vf.getAsInt()),
                device.function(),
                memory,
                host.thread()));
    enter(VmMode.INJECTED, pluginPackage.length + " bytes");
    return RESULT_OK;
  }

  /// LOAD_PLUGIN with length 0: the shell does not want it. Right in any mode.
  int withdraw() {
    readStatus();
    if (isOnOffer()) {
      host.events().add(vm, Kind.WITHDRAWN, "status " + lastStatus);
      giveBack(lastStatus == PluginStatus.FAULTED ? Optional.of("faulted") : Optional.empty());
    }
    return RESULT_OK;
  }

  /// REGISTER_MEMREGS.
  int registerMemory(List<MemoryRegion> regions) {
    if (mode != VmMode.INJECTED && mode != VmMode.STOPPED) {
      return fail("REGISTER_MEMREGS in mode " + mode);
    }
    return grant.orElseThrow().map(regions)
        ? RESULT_OK
        : fail("REGISTER_MEMREGS: a region is not whole pages");
  }

  /// STOP_EMULATION: the guest's frames leave the uplink before any that the function sends.
  int stopEmulation() {
    if (mode != VmMode.INJECTED) {
      return fail("STOP_EMULATION in mode " + mode);
    }
    boolean sent = host.pf().holdUplink();
    host.pf().releaseUplink();
    if (!sent) {
      return fail("STOP_EMULATION: the uplink does not send");
    }
    enter(VmMode.STOPPED, "");
    return RESULT_OK;
  }

  /// ACTIVATE_VF.
  int activateVf() {
    if (mode != VmMode.STOPPED) {
      return fail("ACTIVATE_VF in mode " + mode);
    }
    readStatus();
    try {
      if (!host.pf().holdUplink()) {
        return fail("ACTIVATE_VF: the uplink does not send");
      }
      host.pf().drainReceive();
      if (port.port().drain() > 0) {
        return RESULT_RETRY;
      }
      return startFunction();
    } finally {
      host.pf().releaseUplink();
    }
  }

  private int startFunction() {
    int function = vf.getAsInt();
    host.pf().vfInit(function, new VfParameters(port.mtu(), MODERATION_NONE));
    if (!port.moveTo(function)) {
      giveBack(Optional.empty());
      return fail("ACTIVATE_VF: VF " + function + " cannot do what the guest uses");
    }
    earlier.add(count.statistics());
    count.clear();
    counters = Optional.of(count);
    host.pf().vfActivate(function);
    port.port().state(PortState.PASSTHROUGH);
    switchesToPassthrough++;
    enter(VmMode.PASSTHROUGH, "VF " + function);
    return RESULT_OK;
  }

  // Passthrough to emulated, and everything that ends an offer.

  /// Takes the function back, or the offer, without asking.
  ///
  /// @param fault why the function is to be quarantined, if it is
  /// @return whether there was anything to take
  boolean takeBack(Optional<String> fault) {
    if (mode == VmMode.PASSTHROUGH) {
      stopFunction(PortState.HOLDING, VmMode.HOLDING, fault);
      return true;
    }
    if (isOnOffer()) {
      giveBack(fault);
      return true;
    }
    return false;
  }

  /// The package of the plugin that is on offer or in use: the array itself, as a name for it.
  Optional<byte[]> pluginInUse() {
    return vf.isPresent() ? Optional.of(pluginPackage) : Optional.empty();
  }

  /// Takes the function back from a plugin that is refused by now, unless another has come.
  ///
  /// @param refused what [#pluginInUse] gave
  @SuppressWarnings("ReferenceEquality") // This offer's own copy.
  void recall(byte[] refused, Refusal why) {
    if (pluginPackage == refused && takeBack(Optional.empty())) {
      host.events()
          .add(
              vm,
              Kind.PLUGIN_RECALLED,
              why.rule().id() + " " + why.location() + ": " + why.detail());
    }
  }

  /// ACTIVATE_DEV.
  void activated() {
    switch (mode) {
      case INACTIVE, HOLDING -> emulate("active");
      case STOPPED -> enter(VmMode.INJECTED, "switch-over given up");
      case PASSTHROUGH -> {
        stopFunction(PortState.HOLDING, VmMode.HOLDING, Optional.empty());
        emulate("the guest went back");
      }
      case EMULATED, OFFERED, INJECTED -> port.port().state(PortState.EMULATED);
    }
  }

  /// QUIESCE_DEV or RESET_DEV. After a fault, or when the guest's own trust has come to refuse the
  /// plugin that runs, the guest will be back at once, and its frames are kept.
  void stopped() {
    readStatus();
    boolean faulted = lastStatus == PluginStatus.FAULTED;
    Optional<String> fault = faulted ? Optional.of("the plugin faulted") : Optional.empty();
    switch (mode) {
      case PASSTHROUGH -> {
        if (faulted || lastStatus == PluginStatus.REFUSED) {
          stopFunction(PortState.HOLDING, VmMode.HOLDING, fault);
        } else {
          stopFunction(PortState.DOWN, VmMode.INACTIVE, fault);
        }
      }
      case OFFERED, INJECTED, STOPPED -> {
        giveBack(fault);
        goDown();
      }
      case EMULATED -> goDown();
      case INACTIVE, HOLDING -> {
        // Nothing runs.
      }
    }
  }

  /// Whether the function has reached for memory that it was not given.
  boolean hasFaulted() {
    return mode == VmMode.PASSTHROUGH && grant.isPresent() && grant.get().faults() != 0;
  }

  private void stopFunction(PortState portAfter, VmMode after, Optional<String> fault) {
    PfDriver pf = host.pf();
    int function = vf.getAsInt();
    try {
      if (!pf.holdUplink()) {
        host.events().add(vm, Kind.SWITCH_FAILED, "frames for VF " + function + " are stuck");
      }
      pf.vfQuiesce(function);
      countFunction();
      port.moveBack();
      pf.drainReceive(); // Copies of what the function received itself: not for this port.
      port.port().state(portAfter);
      closeGrant();
      release(fault);
    } finally {
      pf.releaseUplink();
    }
    switchesToEmulated++;
    enter(after, fault.orElse("VF " + function + " taken back"));
    device.deviceImplementationChanged(false);
  }

  /// Ends an offer; the guest is, or can at any time be, in emulation.
  private void giveBack(Optional<String> fault) {
    closeGrant();
    release(fault);
    enter(VmMode.EMULATED, "VF given back");
    device.deviceImplementationChanged(false);
  }

  private void closeGrant() {
    if (grant.isPresent()) {
      faults += grant.get().faults();
      notSent += grant.get().framesMalformed() + grant.get().framesForged();
      refused += grant.get().framesRefused();
      grant.get().close();
    }
    grant = Optional.empty();
    injection = Optional.empty();
    pluginPackage = new byte[0];
  }

  private void release(Optional<String> fault) {
    int function = vf.getAsInt();
    host.pf().vfRelease(function);
    host.vlans().released();
    if (fault.isPresent()) {
      host.quarantine().add(function, vm, fault.get());
      host.events().add(vm, Kind.VF_QUARANTINED, "VF " + function + ": " + fault.get());
    }
    vf = OptionalInt.empty();
    info = Optional.empty();
  }

  private void emulate(String why) {
    port.port().state(PortState.EMULATED);
    enter(VmMode.EMULATED, why);
  }

  private void goDown() {
    port.port().state(PortState.DOWN);
    enter(VmMode.INACTIVE, "stopped");
  }

  private boolean isOnOffer() {
    return mode == VmMode.OFFERED || mode == VmMode.INJECTED || mode == VmMode.STOPPED;
  }

  private void countFunction() {
    if (mode != VmMode.PASSTHROUGH || grant.isEmpty()) {
      return;
    }
    host.pf().vfQueueStats(vf.getAsInt(), count.statistics());
    count.look(grant.get());
  }

  private void readStatus() {
    injection.ifPresent(region -> lastStatus = region.status());
  }

  private void enter(VmMode newMode, String detail) {
    mode = newMode;
    host.events().add(vm, Kind.MODE_CHANGED, newMode + " " + detail);
  }

  private int fail(String reason) {
    host.events().add(vm, Kind.SWITCH_FAILED, reason);
    return RESULT_FAIL;
  }
}
