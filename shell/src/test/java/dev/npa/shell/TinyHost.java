// SPDX-License-Identifier: MIT
package dev.npa.shell;

import dev.npa.nic.DeviceThread;
import dev.npa.nic.FramePort;
import dev.npa.nic.MacAddress;
import dev.npa.nic.memory.GuestMemory;
import dev.npa.nic.memory.IommuDomain;
import dev.npa.nic.pci.Bar;
import dev.npa.nic.vmxnet3.Vmxnet3Device;
import dev.npa.nic.vmxnet3.Vmxnet3Host;
import dev.npa.nic.vmxnet3.abi.PluginConf;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Command;
import dev.npa.nic.vmxnet3.abi.Vmxnet3Registers;
import dev.npa.shell.guest.InterruptController;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// One guest's machine and hypervisor, with a cable to another: enough of both to switch modes.
final class TinyHost implements Vmxnet3Host, FramePort {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

  final DeviceThread thread;
  final GuestMemory memory = GuestMemory.allocate(64 << 20);
  final InterruptController interrupts = new InterruptController();
  final IommuDomain vfDomain = new IommuDomain(memory);
  final Vmxnet3Device device;
  final TinyVf vf;
  final List<String> calls = new ArrayList<>();
  byte[] packageBytes = {1};
  boolean allow = true;
  boolean offering;
  boolean counts = true;
  int countersAsked;
  int mtu;
  int activateResult = Vmxnet3Command.RESULT_OK;
  int activateRetries;
  int stopResult = Vmxnet3Command.RESULT_OK;
  boolean refusesActivation;

  /// Spoils what was injected: gets the guest's memory and the region's address.
  BiConsumer<MemorySegment, Long> spoil = (memory, address) -> {};

  private final Deque<byte[]> backlog = new ArrayDeque<>();
  private FramePort peer = this;
  private boolean holding;

  TinyHost(DeviceThread thread, MacAddress mac) {
    this.thread = thread;
    this.device = new Vmxnet3Device(memory, interrupts, thread, this, mac);
    this.vf = new TinyVf(thread, vfDomain, interrupts, device.function());
    thread.add(device);
    thread.add(vf);
    thread.add(this::drainBacklog);
  }

  static void connect(TinyHost a, TinyHost b) {
    a.peer = b;
    b.peer = a;
    a.vf.wire(b);
    b.vf.wire(a);
  }

  // What a hypervisor's operator does.

  void attach() {
    thread.run(
        () -> {
          offering = true;
          device.deviceImplementationChanged(true);
        });
  }

  void detach() {
    thread.run(
        () -> {
          offering = false;
          takeBack();
          device.deviceImplementationChanged(false);
        });
  }

  private void takeBack() {
    vf.quiesce();
    vfDomain.unmapAll();
    device.function().map(4, Bar.unmapped(Vmxnet3Registers.VF_WINDOW_BYTES, thread));
    holding = true;
  }

  // Frames for this guest.

  /// Takes every frame: a sender that is stopped must be able to finish.
  @Override
  public boolean offer(MemorySegment from, long offset, int lengthBytes) {
    if (!vf.isActive() || !backlog.isEmpty() || !vf.receive(from, offset, lengthBytes)) {
      backlog.add(from.asSlice(offset, lengthBytes).toArray(ValueLayout.JAVA_BYTE));
    }
    return true;
  }

  @Override
  public void flush() {
    drainBacklog();
    vf.flush();
  }

  private boolean drainBacklog() {
    boolean moved = false;
    while (!holding && !backlog.isEmpty()) {
      byte[] frame = backlog.peek();
      MemorySegment segment = MemorySegment.ofArray(frame);
      boolean taken =
          vf.isActive()
              ? vf.receive(segment, 0, frame.length)
              : device.receiver().offer(segment, 0, frame.length);
      if (!taken) {
        break;
      }
      backlog.remove();
      moved = true;
    }
    if (moved) {
      device.receiver().flush();
      vf.flush();
    }
    return moved;
  }

  // What the device asks.

  @Override
  public FramePort uplink() {
    return peer;
  }

  @Override
  public boolean macRequested(MacAddress mac) {
    calls.add("mac " + mac);
    return allow;
  }

  @Override
  public boolean mtuRequested(int requested) {
    if (!refusesActivation) {
      mtu = requested;
    }
    return !refusesActivation;
  }

  @Override
  public boolean rxModeRequested(int rxMode) {
    return allow;
  }

  @Override
  public boolean multicastRequested(List<MacAddress> groups) {
    calls.add("multicast " + groups);
    return allow;
  }

  @Override
  public boolean vlansRequested(int[] vlanTable) {
    return allow;
  }

  @Override
  public void activated() {
    calls.add("activated");
    holding = false;
  }

  @Override
  public void stopped() {
    calls.add("stopped");
    if (vf.isActive()) {
      takeBack();
      offering = false;
      device.deviceImplementationChanged(false);
    }
    holding = true;
  }

  @Override
  public int loadPlugin(int version, long address, int lengthBytes) {
    if (lengthBytes == 0) {
      calls.add("withdraw " + memory.segment().get(INT, address + PluginConf.STATUS));
      offering = false;
      device.deviceImplementationChanged(false);
      return Vmxnet3Command.RESULT_OK;
    }
    if (!offering) {
      return Vmxnet3Command.RESULT_FAIL;
    }
    MemorySegment m = memory.segment();
    m.asSlice(address, PluginConf.HEADER_BYTES).fill((byte) 0);
    m.set(INT, address + PluginConf.MAGIC, PluginConf.MAGIC_VALUE);
    m.set(INT, address + PluginConf.VERSION, PluginConf.VERSION_VALUE);
    m.set(INT, address + PluginConf.PACKAGE_LENGTH, packageBytes.length);
    m.set(INT, address + PluginConf.BAR_SIZE, TinyVf.BAR_BYTES);
    m.set(INT, address + PluginConf.NUM_TX_QUEUES, 0x010101);
    MemorySegment.copy(
        packageBytes,
        0,
        m,
        ValueLayout.JAVA_BYTE,
        address + PluginConf.HEADER_BYTES,
        packageBytes.length);
    device.function().map(4, vf.freshBar());
    spoil.accept(m, address);
    return Vmxnet3Command.RESULT_OK;
  }

  @Override
  public int memoryRegistered(List<MemoryRegion> regions) {
    for (MemoryRegion region : regions) {
      vfDomain.map(
          region.address(),
          region.address(),
          region.lengthBytes(),
          IommuDomain.READ | IommuDomain.WRITE);
    }
    return Vmxnet3Command.RESULT_OK;
  }

  @Override
  public int emulationStopped() {
    calls.add("emulationStopped");
    return stopResult;
  }

  @Override
  public Optional<FunctionCounters> functionCounters() {
    countersAsked++;
    return counts ? Optional.of(vf.counters()) : Optional.empty();
  }

  @Override
  public int activateVf() {
    drainBacklog();
    if (!backlog.isEmpty() || activateRetries > 0) {
      activateRetries--;
      return Vmxnet3Command.RESULT_RETRY;
    }
    if (activateResult == Vmxnet3Command.RESULT_OK) {
      vf.activate();
      calls.add("activateVf");
    }
    return activateResult;
  }
}
