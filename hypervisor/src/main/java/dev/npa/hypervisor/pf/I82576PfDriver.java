// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

import static dev.npa.nic.i82576.I82576Registers.CTRL_RST;
import static dev.npa.nic.i82576.I82576Registers.DCTL_ENABLE;
import static dev.npa.nic.i82576.I82576Registers.EICR;
import static dev.npa.nic.i82576.I82576Registers.EIMS;
import static dev.npa.nic.i82576.I82576Registers.ICR;
import static dev.npa.nic.i82576.I82576Registers.MBVFICR;
import static dev.npa.nic.i82576.I82576Registers.QUEUE_STRIDE;
import static dev.npa.nic.i82576.I82576Registers.RDH;
import static dev.npa.nic.i82576.I82576Registers.RDT;
import static dev.npa.nic.i82576.I82576Registers.RXDCTL;
import static dev.npa.nic.i82576.I82576Registers.RX_QUEUE;
import static dev.npa.nic.i82576.I82576Registers.TDH;
import static dev.npa.nic.i82576.I82576Registers.TDT;
import static dev.npa.nic.i82576.I82576Registers.TXDCTL;
import static dev.npa.nic.i82576.I82576Registers.TX_QUEUE;
import static dev.npa.nic.i82576.I82576Registers.VFLRE;
import static dev.npa.nic.i82576.I82576Registers.VFRE;
import static dev.npa.nic.i82576.I82576Registers.VFTE;
import static dev.npa.nic.i82576.I82576Registers.VF_CSR;

import dev.npa.hypervisor.port.VlanSet;
import dev.npa.nic.DeviceThread;
import dev.npa.nic.FramePort;
import dev.npa.nic.MacAddress;
import dev.npa.nic.memory.GuestMemory;
import dev.npa.nic.pci.PciFunction;
import dev.npa.nic.pci.SriovCapability;
import dev.npa.nic.vmxnet3.abi.DriverShared;
import dev.npa.verifier.DeviceId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The PF driver of the 82576 ("Kawela"): seven virtual functions, pool 7 for the uplink.
///
/// A virtual function has one queue pair, which its plugin programs; here are the switch's filters,
/// enables and limits, which only the physical function can reach. One method per operation of NPA:
/// that is what makes the file long.
public final class I82576PfDriver implements PfDriver {
  /// Virtual functions in use, pools 0 to 6.
  public static final int VFS = 7;

  /// How much host memory the driver uses, from address 0.
  public static final long HOST_MEMORY_BYTES = HostRings.SIZE_BYTES;

  static final int PF_POOL = 7;

  private static final int POOLS = 8;
  private static final int VF_BAR_BYTES = 0x4000;
  private static final int VF_MIRROR_STRIDE = 0x100;
  private static final int MAX_MULTICAST = 32;
  private static final int MAX_MTU = 9000;

  /// Rounds after which a device that has not finished is taken for dead.
  private static final int MAX_DRAIN_ROUNDS = 10_000;

  private static final int SUPPORTED_FEATURES = DriverShared.FEATURE_RX_VLAN;

  private final PciFunction function;
  private final DeviceThread thread;
  private final VfListener listener;
  private final Registers registers;
  private final MacFilters macs;
  private final MulticastFilters multicast;
  private final VlanFilters vlans;
  private final PfTxRing tx;
  private final PfRxRing rx;
  private final VirtualFunctionState[] vfs = new VirtualFunctionState[VFS];
  private volatile boolean interrupted;

  /// Initialises the device and enables SR-IOV.
  ///
  /// @param hostMemory the driver's own, at least [#HOST_MEMORY_BYTES]
  /// @param fromDevice takes what the device receives for the uplink
  public I82576PfDriver(
      PciFunction function,
      GuestMemory hostMemory,
      DeviceThread thread,
      FramePort fromDevice,
      VfListener listener) {
    if (hostMemory.sizeBytes() < HOST_MEMORY_BYTES) {
      throw new IllegalArgumentException(
          "host memory of " + hostMemory.sizeBytes() + " bytes, needed " + HOST_MEMORY_BYTES);
    }
    this.function = function;
    this.thread = thread;
    this.listener = listener;
    this.registers = new Registers(function.bar(0));
    PfStart.reset(function, registers);
    PfStart.virtualise(function, registers);
    PfStart.queues(registers);
    macs = new MacFilters(registers);
    multicast = new MulticastFilters(registers, POOLS);
    vlans = new VlanFilters(registers);
    for (int vf = 0; vf < VFS; vf++) {
      vfs[vf] = new VirtualFunctionState(vf);
    }
    PoolSettings uplink = new PoolSettings(registers, PF_POOL);
    uplink.clear();
    uplink.mtu(MAX_MTU);
    uplink.accept(true, true, true); // NPA's uplink is all-multicast and not promiscuous.
    pfSetVlans(VlanSet.ALL);
    int queue = PF_POOL * QUEUE_STRIDE;
    tx = new PfTxRing(hostMemory.segment(), function.bar(0), TX_QUEUE + queue + TDT);
    rx = new PfRxRing(hostMemory.segment(), function.bar(0), RX_QUEUE + queue + RDT, fromDevice);
    rx.fill();
    PfStart.interrupts(function, registers, this::interrupt);
  }

  private boolean interrupt(long address, int data) {
    interrupted = true;
    thread.ring();
    return true;
  }

  @Override
  public boolean isSupported() {
    int sriov = PciCapabilities.findExtended(function.config(), SriovCapability.ID);
    int control = function.config().read(sriov + SriovCapability.CONTROL, 2);
    return (control & SriovCapability.CONTROL_VF_ENABLE) != 0;
  }

  @Override
  public int vfCount() {
    return VFS;
  }

  @Override
  public VfState vfState(int vf) {
    return vfs[vf].state;
  }

  @Override
  public OptionalInt vfAcquire(VfRequirements wanted) {
    boolean fits =
        wanted.mtu() <= MAX_MTU
            && wanted.txQueues() == 1
            && wanted.rxQueues() == 1
            && wanted.vectors() <= PoolSettings.VF_VECTORS
            && (wanted.features() & ~SUPPORTED_FEATURES) == 0;
    for (VirtualFunctionState vf : vfs) {
      if (fits && vf.state == VfState.FREE) {
        vf.state = VfState.ACQUIRED;
        vf.counters.addTo(new VfStatistics()); // What its last user counted is not this one's.
        return OptionalInt.of(vf.index);
      }
    }
    return OptionalInt.empty();
  }

  @Override
  public VfInfo vfGetInfo(int vf) {
    require(vf, VfState.ACQUIRED, "VF_GET_INFO");
    return new VfInfo(
        vfId(), VF_BAR_BYTES, 1, 1, PoolSettings.VF_VECTORS, new VfInfo.PluginData(List.of()));
  }

  @Override
  public DeviceId vfId() {
    int sriov = PciCapabilities.findExtended(function.config(), SriovCapability.ID);
    int device = function.config().read(sriov + SriovCapability.VF_DEVICE_ID, 2);
    return new DeviceId(function.vendorId(), device);
  }

  @Override
  public void vfInit(int vf, VfParameters parameters) {
    require(vf, VfState.ACQUIRED, "VF_INIT");
    if (!PoolSettings.isValid(parameters)) {
      vfRelease(vf);
      throw new IllegalArgumentException(parameters.toString());
    }
    PoolSettings settings = vfs[vf].settings;
    settings.clear();
    settings.mtu(parameters.mtu());
    settings.moderation(parameters.moderation());
    vfs[vf].state = VfState.ENABLED;
  }

  @Override
  public void vfActivate(int vf) {
    require(vf, VfState.ENABLED, "VF_ACTIVATE");
    registers.set(VFRE, 1 << vf);
    registers.set(VFTE, 1 << vf);
  }

  /// Disabling a transmit queue lets the device finish what was handed over (82576 data sheet,
  /// 4.5.10), so that after this call done descriptors tell exactly what was sent.
  @Override
  public void vfQuiesce(int vf) {
    if (vfs[vf].state != VfState.ENABLED && vfs[vf].state != VfState.RESET) {
      return;
    }
    registers.clear(TX_QUEUE + QUEUE_STRIDE * vf + TXDCTL, DCTL_ENABLE);
    registers.clear(VFTE, 1 << vf);
    registers.clear(VFRE, 1 << vf);
    registers.clear(RX_QUEUE + QUEUE_STRIDE * vf + RXDCTL, DCTL_ENABLE);
  }

  @Override
  public void vfRelease(int vf) {
    VirtualFunctionState state = vfs[vf];
    if (state.state == VfState.FREE) {
      throw wrongState(vf, "VF_RELEASE");
    }
    registers.clear(VFTE, 1 << vf);
    registers.clear(VFRE, 1 << vf);
    macs.removeAll(vf);
    multicast.set(vf, List.of());
    vlans.remove(vf);
    state.settings.clear();
    registers.write(VF_CSR + VF_MIRROR_STRIDE * vf, CTRL_RST);
    registers.write(VFLRE, 1 << vf); // This reset is no news.
    registers.write(MBVFICR, 1 << vf);
    state.mailbox.forget();
    state.mac = Optional.empty();
    state.state = VfState.FREE;
  }

  @Override
  public void vfSetRssIndirectionTable(int vf, byte[] queues) {
    require(vf, VfState.ENABLED, "VF_SET_RSS_IND_TABLE");
    if (queues.length > 128) {
      throw new IllegalArgumentException(queues.length + " entries");
    }
    for (byte queue : queues) {
      if (queue != 0) {
        throw new IllegalArgumentException("queue " + queue + " of 1");
      }
    }
    // One queue: every hash value leads to it already.
  }

  @Override
  public void vfQueueStats(int vf, VfStatistics sum) {
    if (vfs[vf].state != VfState.RESET) { // A function that reset itself has counted before.
      require(vf, VfState.ENABLED, "VF_GET_QUEUE_STATS");
    }
    vfs[vf].counters.addTo(sum);
  }

  @Override
  public QueueStatus vfQueueStatus(int vf) {
    require(vf, VfState.ENABLED, "VF_GET_QUEUE_STATUS");
    int txQueue = TX_QUEUE + QUEUE_STRIDE * vf;
    int rxQueue = RX_QUEUE + QUEUE_STRIDE * vf;
    return new QueueStatus(
        (registers.read(txQueue + TXDCTL) & DCTL_ENABLE) != 0,
        registers.read(txQueue + TDH),
        (registers.read(rxQueue + RXDCTL) & DCTL_ENABLE) != 0,
        registers.read(rxQueue + RDH));
  }

  @Override
  public boolean vfSetMac(int vf, MacAddress mac) {
    require(vf, VfState.ENABLED, "VF_SET_MAC");
    Optional<MacAddress> before = vfs[vf].mac;
    if (before.equals(Optional.of(mac))) {
      return true;
    }
    if (!macs.add(mac, vf)) {
      return false;
    }
    before.ifPresent(old -> macs.remove(old, vf));
    vfs[vf].mac = Optional.of(mac);
    return true;
  }

  @Override
  public void vfSetMulticast(int vf, List<MacAddress> groups) {
    require(vf, VfState.ENABLED, "VF_SET_MULTICAST");
    if (groups.size() > MAX_MULTICAST) {
      throw new IllegalArgumentException(groups.size() + " groups of at most " + MAX_MULTICAST);
    }
    multicast.set(vf, groups);
  }

  /// Unicast cannot be switched off: the filter that it would take away is also what anti-spoofing
  /// knows the function's address by.
  @Override
  public boolean vfSetRxMode(int vf, int rxMode) {
    require(vf, VfState.ENABLED, "VF_SET_RX_MODE");
    if ((rxMode & DriverShared.RX_MODE_PROMISCUOUS) != 0) {
      return false;
    }
    boolean all = (rxMode & DriverShared.RX_MODE_ALL_MULTI) != 0;
    boolean some = all || (rxMode & DriverShared.RX_MODE_MULTICAST) != 0;
    vfs[vf].settings.accept((rxMode & DriverShared.RX_MODE_BROADCAST) != 0, some, all);
    return true;
  }

  @Override
  public boolean vfAddVlans(int vf, VlanSet more) {
    require(vf, VfState.ENABLED, "VF_ADD_VLAN_RANGE");
    return vlans.set(vf, vlans.of(vf).union(more));
  }

  @Override
  public boolean vfDelVlans(int vf, VlanSet less) {
    require(vf, VfState.ENABLED, "VF_DEL_VLAN_RANGE");
    return vlans.set(vf, vlans.of(vf).without(less));
  }

  @Override
  public boolean pfSetVlans(VlanSet wanted) {
    return vlans.set(PF_POOL, wanted);
  }

  @Override
  public void vfSetDefaultVlan(int vf, Optional<DefaultVlan> vlan) {
    require(vf, VfState.ENABLED, "VF_SET_DEFAULT_VLAN");
    vfs[vf].settings.defaultVlan(vlan);
  }

  @Override
  public void vfSetAntiSpoof(int vf, boolean on) {
    require(vf, VfState.ENABLED, "VF_SET_ANTISPOOF");
    vfs[vf].settings.antiSpoof(on);
  }

  @Override
  public void vfSetInterruptModeration(int vf, int level) {
    require(vf, VfState.ENABLED, "VF_SET_IML");
    vfs[vf].settings.moderation(level);
  }

  @Override
  public void vfSetMtu(int vf, int mtu) {
    require(vf, VfState.ENABLED, "VF_SET_MTU");
    vfs[vf].settings.mtu(mtu);
  }

  @Override
  public boolean pfAddMacFilter(MacAddress mac) {
    return macs.add(mac, PF_POOL);
  }

  @Override
  public void pfDelMacFilter(MacAddress mac) {
    macs.remove(mac, PF_POOL);
  }

  @Override
  public FramePort uplink() {
    return tx;
  }

  @Override
  public boolean holdUplink() {
    tx.hold();
    for (int i = 0; i < MAX_DRAIN_ROUNDS; i++) {
      if (tx.isEmpty()) {
        return true;
      }
      thread.poll();
    }
    return tx.isEmpty();
  }

  @Override
  public void releaseUplink() {
    tx.release();
  }

  @Override
  public void drainReceive() {
    rx.poll(HostRings.RX_DESCRIPTORS);
  }

  @Override
  public boolean poll() {
    boolean busy = rx.poll(HostRings.RX_DESCRIPTORS) > 0;
    if (interrupted) {
      interrupted = false;
      serviceVfs();
      busy = true;
    }
    return busy;
  }

  private void serviceVfs() {
    registers.read(ICR); // Clears it.
    registers.write(EICR, 1);
    int resets = registers.read(VFLRE);
    registers.write(VFLRE, resets);
    int requests = registers.read(MBVFICR);
    registers.write(MBVFICR, requests);
    for (VirtualFunctionState vf : vfs) {
      if ((resets & 1 << vf.index) != 0) {
        vf.mailbox.forget();
        if (vf.state == VfState.ENABLED) {
          vf.state = VfState.RESET;
          listener.wasReset(vf.index);
        }
      }
      if ((requests & 1 << vf.index) != 0) {
        vf.mailbox.answer(vf.state == VfState.ENABLED);
      }
    }
    registers.write(EIMS, 1);
  }

  private void require(int vf, VfState state, String operation) {
    if (vfs[vf].state != state) {
      throw wrongState(vf, operation);
    }
  }

  private IllegalStateException wrongState(int vf, String operation) {
    return new IllegalStateException(operation + " of VF " + vf + " in state " + vfs[vf].state);
  }

  private final class VirtualFunctionState {
    final int index;
    final VfMailbox mailbox;
    final VfCounters counters;
    final PoolSettings settings;
    VfState state = VfState.FREE;
    Optional<MacAddress> mac = Optional.empty();

    VirtualFunctionState(int index) {
      this.index = index;
      this.mailbox = new VfMailbox(registers, listener, index);
      this.counters = new VfCounters(registers, index);
      this.settings = new PoolSettings(registers, index);
    }
  }
}
