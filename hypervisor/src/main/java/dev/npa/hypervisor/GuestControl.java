// SPDX-License-Identifier: MIT
package dev.npa.hypervisor;

import dev.npa.nic.FramePort;
import dev.npa.nic.MacAddress;
import dev.npa.nic.vmxnet3.Vmxnet3Host;
import java.util.List;
import java.util.Optional;

/// What a guest asks for through its vmxnet3 device: settings go to [PortControl], switch-over to
/// [VfLifeCycle].
final class GuestControl implements Vmxnet3Host {
  private PortControl port;
  private VfLifeCycle lifeCycle;

  /// Before the guest runs: the device exists before what answers it.
  void connect(PortControl newPort, VfLifeCycle newLifeCycle) {
    port = newPort;
    lifeCycle = newLifeCycle;
  }

  @Override
  public FramePort uplink() {
    return port.port();
  }

  @Override
  public boolean macRequested(MacAddress mac) {
    return port.requestMac(mac);
  }

  @Override
  public boolean mtuRequested(int mtu) {
    return port.requestMtu(mtu);
  }

  @Override
  public boolean rxModeRequested(int rxMode) {
    return port.requestRxMode(rxMode);
  }

  @Override
  public boolean multicastRequested(List<MacAddress> groups) {
    return port.requestGroups(groups);
  }

  @Override
  public boolean vlansRequested(int[] vlanTable) {
    return port.requestVlans(vlanTable);
  }

  @Override
  public void activated() {
    lifeCycle.activated();
  }

  @Override
  public void stopped() {
    lifeCycle.stopped();
  }

  @Override
  public int loadPlugin(int version, long address, int lengthBytes) {
    return lengthBytes == 0
        ? lifeCycle.withdraw()
        : lifeCycle.loadPlugin(version, address, lengthBytes);
  }

  @Override
  public int memoryRegistered(List<MemoryRegion> regions) {
    return lifeCycle.registerMemory(regions);
  }

  @Override
  public int emulationStopped() {
    return lifeCycle.stopEmulation();
  }

  @Override
  public int activateVf() {
    return lifeCycle.activateVf();
  }

  @Override
  public Optional<FunctionCounters> functionCounters() {
    return lifeCycle.functionCounters();
  }
}
