// SPDX-License-Identifier: MIT
package dev.npa.hypervisor;

import dev.npa.hypervisor.HypervisorEvent.Kind;
import dev.npa.hypervisor.pf.I82576PfDriver;
import dev.npa.hypervisor.pf.PfDriver;
import dev.npa.hypervisor.pf.VfInfo;
import dev.npa.hypervisor.pf.VfRequirements;
import dev.npa.hypervisor.port.PortPolicy;
import dev.npa.hypervisor.vswitch.SwitchPort;
import dev.npa.hypervisor.vswitch.VirtualSwitch;
import dev.npa.nic.DeviceThread;
import dev.npa.nic.MacAddress;
import dev.npa.nic.i82576.I82576;
import dev.npa.nic.memory.GuestMemory;
import dev.npa.nic.pci.MessageTarget;
import dev.npa.nic.pci.PciFunction;
import dev.npa.nic.vmxnet3.Vmxnet3Device;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Registers;
import dev.npa.verifier.LicensedPlugin;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.VerifiedPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/// The hypervisor of one host. Methods may be called from any thread; each is one transaction of
/// the device thread.
public final class Hypervisor {
  /// Least size of the host memory that [#start] needs.
  public static final long HOST_MEMORY_BYTES = I82576PfDriver.HOST_MEMORY_BYTES;

  private final HostNetwork host;
  private final PluginStore store;
  private final FunctionWatch watch;
  private final DeviceThread thread;
  private final List<VirtualMachine> vms = new ArrayList<>();
  private final List<Vmxnet3Device> devices = new ArrayList<>();

  private Hypervisor(
      I82576 nic, GuestMemory hostMemory, DeviceThread thread, PluginStore newStore) {
    this.thread = thread;
    this.store = newStore;
    this.watch = new FunctionWatch();
    VirtualSwitch vswitch = new VirtualSwitch();
    PfDriver pf =
        new I82576PfDriver(nic.physicalFunction(), hostMemory, thread, vswitch.fromUplink(), watch);
    vswitch.connect(pf.uplink());
    this.host =
        new HostNetwork(
            nic, pf, vswitch, new VlanDomain(pf), thread, new Quarantine(), new EventLog());
    // In the direction of frames for guests: what the device has received goes before what guests
    // send.
    thread.add(pf);
    thread.add(vswitch);
    thread.add(watch);
  }

  /// Takes over a network card: its PF driver, a virtual switch behind it, no virtual machines yet.
  ///
  /// @param nic has its turn on `thread` already
  /// @param hostMemory the memory that `nic` was made with, for the PF driver alone, at least
  ///   [#HOST_MEMORY_BYTES]
  public static Hypervisor start(
      I82576 nic, GuestMemory hostMemory, DeviceThread thread, PluginStore store) {
    Hypervisor hypervisor = thread.call(() -> new Hypervisor(nic, hostMemory, thread, store));
    store.onChange(hypervisor::recallRefused);
    return hypervisor;
  }

  /// Makes a virtual machine with an emulated network device.
  ///
  /// @param memoryBytes a multiple of 4096
  /// @param interrupts the guest's interrupt controller
  /// @throws IllegalArgumentException if another machine has the name or the address
  /// @throws IllegalStateException if the network card has no filter left for the machine
  public VirtualMachine createVm(
      String name, MacAddress mac, long memoryBytes, MessageTarget interrupts, PortPolicy policy) {
    return thread.call(() -> create(name, mac, memoryBytes, interrupts, policy));
  }

  private VirtualMachine create(
      String name, MacAddress mac, long memoryBytes, MessageTarget interrupts, PortPolicy policy) {
    if (vms.stream().anyMatch(vm -> vm.name().equals(name))) {
      throw new IllegalArgumentException("a virtual machine " + name + " exists");
    }
    GuestMemory memory = GuestMemory.allocate(memoryBytes);
    GuestControl control = new GuestControl();
    Vmxnet3Device device = new Vmxnet3Device(memory, interrupts, thread, control, mac);
    SwitchPort switchPort = host.vswitch().addPort(mac, device.receiver());
    if (!host.pf().pfAddMacFilter(mac)) {
      host.vswitch().removePort(switchPort);
      throw new IllegalStateException("no MAC filter left for " + name);
    }
    if (!host.vlans().add(policy.vlans())) {
      host.pf().pfDelMacFilter(mac);
      host.vswitch().removePort(switchPort);
      throw new IllegalStateException("no VLAN filters left for " + name);
    }
    PortControl port = new PortControl(name, host, switchPort, policy);
    VfLifeCycle lifeCycle = new VfLifeCycle(name, host, memory, device, port);
    control.connect(port, lifeCycle);
    VirtualMachine vm =
        new VirtualMachine(name, memory, device.function(), thread, port, lifeCycle);
    vms.add(vm);
    devices.add(device);
    watch.watch(vms.toArray(VirtualMachine[]::new));
    thread.add(device);
    host.events().add(name, Kind.VM_CREATED, mac.toString());
    return vm;
  }

  /// Ends a virtual machine: its function, its port and its device go.
  public void removeVm(VirtualMachine vm) {
    thread.run(
        () -> {
          int index = indexOf(vm);
          vm.lifeCycle().takeBack(Optional.empty());
          unplug(vm.vmxnet3());
          thread.remove(devices.remove(index));
          vms.remove(index);
          watch.watch(vms.toArray(VirtualMachine[]::new));
          host.pf().pfDelMacFilter(vm.port().mac());
          host.vswitch().removePort(vm.port().port());
          host.vlans().remove(vm.port().policy().vlans());
          host.events().add(vm.name(), Kind.VM_REMOVED, "");
        });
  }

  /// What still runs in the guest must not act on addresses and filters that are others' by now.
  private static void unplug(PciFunction function) {
    function.bar(Vmxnet3Registers.BAR_PASSTHROUGH).disconnect();
    function.bar(Vmxnet3Registers.BAR_VIRTUAL_DEVICE).disconnect();
    function.bar(Vmxnet3Registers.BAR_MSIX).disconnect();
  }

  /// Starts to give a virtual machine a virtual function, with the plugin that the store has for
  /// it. The guest's shell does the rest; [VirtualMachine#mode] tells how far it is.
  ///
  /// The store's gate decides as of now, on the caller's thread: frames go on meanwhile. A plugin
  /// that has left the store by the time of the transaction is not given to anybody.
  public Attach attachVf(VirtualMachine vm) {
    Optional<VerifiedPlugin> chosen = store.choose(thread.call(host.pf()::vfId));
    return thread.call(
        () -> attach(vm, () -> chosen.filter(store::holds).map(VerifiedPlugin::packageBytes)));
  }

  /// As [#attachVf], with these bytes in place of a plugin of the store and without a look at them,
  /// as a careless or compromised hypervisor would do it: the shell's own gate is what protects the
  /// guest.
  public Attach offerPackage(VirtualMachine vm, byte[] pluginPackage) {
    byte[] bytes = pluginPackage.clone();
    return thread.call(() -> attach(vm, () -> Optional.of(bytes)));
  }

  private Attach attach(VirtualMachine vm, Supplier<Optional<byte[]>> plugins) {
    indexOf(vm);
    if (vm.mode() != VmMode.EMULATED) {
      return Attach.WRONG_MODE;
    }
    OptionalInt vf = acquire(new VfRequirements(vm.port().mtu(), 1, 1, VfGrant.VECTORS, 0));
    if (vf.isEmpty()) {
      return Attach.NO_FUNCTION;
    }
    VfInfo info = host.pf().vfGetInfo(vf.getAsInt());
    Optional<byte[]> plugin = plugins.get();
    if (plugin.isEmpty()) {
      host.pf().vfRelease(vf.getAsInt());
      return Attach.NO_PLUGIN;
    }
    vm.lifeCycle().offer(vf.getAsInt(), info, plugin.get());
    return Attach.OFFERED;
  }

  /// The driver gives what is free; functions in quarantine are laid aside and put back.
  private OptionalInt acquire(VfRequirements requirements) {
    List<Integer> laidAside = new ArrayList<>();
    OptionalInt vf = host.pf().vfAcquire(requirements);
    while (vf.isPresent() && host.quarantine().contains(vf.getAsInt())) {
      laidAside.add(vf.getAsInt());
      vf = host.pf().vfAcquire(requirements);
    }
    laidAside.forEach(host.pf()::vfRelease);
    return vf;
  }

  /// Takes a virtual machine's function, or the offer of one, back. The guest is not asked.
  ///
  /// @return whether it had any
  public boolean detachVf(VirtualMachine vm) {
    return thread.call(
        () -> {
          indexOf(vm);
          return vm.lifeCycle().takeBack(Optional.empty());
        });
  }

  /// Takes back every function, and every offer, whose plugin the store's trust refuses by now. The
  /// gate runs on the caller's thread.
  private void recallRefused() {
    for (VirtualMachine vm : vms()) {
      Optional<byte[]> inUse = thread.call(vm.lifeCycle()::pluginInUse);
      if (inUse.isPresent()
          && store.recheck(inUse.get())
              instanceof Verdict.Refused<LicensedPlugin>(List<Refusal> refusals)) {
        thread.run(() -> vm.lifeCycle().recall(inUse.get(), refusals.getFirst()));
      }
    }
  }

  /// The virtual functions that no guest gets.
  public List<QuarantinedVf> quarantined() {
    return thread.call(host.quarantine()::list);
  }

  /// Makes a quarantined function available again.
  ///
  /// @throws IllegalArgumentException if it is not in quarantine
  public void release(int vf) {
    thread.run(
        () -> {
          QuarantinedVf released = host.quarantine().remove(vf);
          host.events().add(released.vm(), Kind.VF_RELEASED, "VF " + vf);
        });
  }

  public List<VirtualMachine> vms() {
    return thread.call(() -> List.copyOf(vms));
  }

  /// The latest events, oldest first.
  public List<HypervisorEvent> events() {
    return thread.call(host.events()::list);
  }

  /// Frames from the network card for addresses that no virtual machine has.
  public long unknownFrames() {
    return thread.call(host.vswitch()::unknownFromUplink);
  }

  private int indexOf(VirtualMachine vm) {
    int index = vms.indexOf(vm);
    if (index < 0) {
      throw new IllegalArgumentException("no virtual machine " + vm.name() + " here");
    }
    return index;
  }
}
