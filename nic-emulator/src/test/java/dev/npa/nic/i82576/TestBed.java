// SPDX-License-Identifier: MIT
package dev.npa.nic.i82576;

import dev.npa.nic.DeviceThread;
import dev.npa.nic.MacAddress;
import dev.npa.nic.memory.GuestMemory;
import dev.npa.nic.memory.IommuDomain;
import dev.npa.nic.pci.Bar;
import dev.npa.nic.pci.ConfigSpace;
import dev.npa.nic.pci.PciFunction;
import dev.npa.nic.pci.SriovCapability;
import java.lang.foreign.MemorySegment;

/// One device as a PF driver leaves it: VMDq, loopback, replication, pool 7 the PF's and the
/// default pool, every pool's address in the receive address entry of its number, broadcast
/// accepted. Each VF is assigned to a guest of its own. The device thread does not run; tests step
/// it.
final class TestBed {
  static final int PF_POOL = 7;
  static final int RING_SIZE = 64;
  static final int CONTROL = FunctionConfig.SRIOV + SriovCapability.CONTROL;
  static final int NUM_VFS = FunctionConfig.SRIOV + SriovCapability.NUM_VFS;
  static final int VMOLR_USUAL =
      I82576Registers.VMOLR_BAM | I82576Registers.VMOLR_AUPE | I82576Registers.VMOLR_STRCRC;
  private static final long MEMORY_BYTES = 4 << 20;

  final DeviceThread thread = new DeviceThread("test device");
  final GuestMemory hostMemory = GuestMemory.allocate(MEMORY_BYTES);
  final Messages hostMessages = new Messages();
  final I82576 nic = new I82576(hostMemory, hostMessages, thread);
  final RecordingWire wire = new RecordingWire();
  final Bar pf = nic.physicalFunction().bar(0);
  final GuestMemory[] memory = new GuestMemory[PoolFilters.POOLS];
  final IommuDomain[] domain = new IommuDomain[PoolFilters.POOLS];
  final Messages[] messages = new Messages[PoolFilters.POOLS];

  /// A device with nothing set up.
  TestBed() {
    thread.add(nic);
    nic.connect(wire);
  }

  /// A device with its PF driver and so many assigned VFs.
  TestBed(int vfs) {
    this();
    ConfigSpace config = nic.physicalFunction().config();
    config.write(
        ConfigSpace.COMMAND, 2, ConfigSpace.COMMAND_MEMORY | ConfigSpace.COMMAND_BUS_MASTER);
    enableVfs(vfs);
    setUpPf();
    for (int i = 0; i < vfs; i++) {
      assign(i);
    }
    memory[PF_POOL] = hostMemory;
    messages[PF_POOL] = hostMessages;
  }

  void enableVfs(int count) {
    ConfigSpace config = nic.physicalFunction().config();
    config.write(NUM_VFS, 2, count);
    config.write(
        CONTROL, 2, SriovCapability.CONTROL_VF_ENABLE | SriovCapability.CONTROL_VF_MEMORY_SPACE);
  }

  void setUpPf() {
    pf.write32(I82576Registers.MRQC, I82576Registers.MRQC_MODE_VMDQ);
    pf.write32(
        I82576Registers.VT_CTL,
        PF_POOL << I82576Registers.VT_CTL_DEFAULT_POOL_SHIFT
            | I82576Registers.VT_CTL_REPLICATION_ENABLE);
    pf.write32(I82576Registers.DTXSWC, I82576Registers.DTXSWC_LOOPBACK_ENABLE);
    for (int pool = 0; pool < PoolFilters.POOLS; pool++) {
      address(pool, Frames.mac(pool), 1 << pool);
      pf.write32(I82576Registers.VMOLR + 4 * pool, VMOLR_USUAL);
    }
    pf.write32(I82576Registers.RCTL, I82576Registers.RCTL_RXEN);
    pf.write32(I82576Registers.TCTL, I82576Registers.TCTL_EN | I82576Registers.TCTL_PSP);
    pf.write32(I82576Registers.GPIE, I82576Registers.GPIE_EIAME);
    pf.write32(I82576Registers.CTRL_EXT, I82576Registers.CTRL_EXT_PFRSTD);
  }

  /// Sets a receive address entry.
  void address(int entry, long mac, int pools) {
    MacAddress address = new MacAddress(mac);
    int low =
        entry < 16 ? I82576Registers.RAL + 8 * entry : I82576Registers.RAL_HIGH + 8 * (entry - 16);
    pf.write32(low, address.low());
    pf.write32(
        low + 4, address.high() | pools << I82576Registers.RAH_POOL_SHIFT | I82576Registers.RAH_AV);
  }

  void assign(int vf) {
    VirtualFunction function = nic.virtualFunction(vf);
    memory[vf] = GuestMemory.allocate(MEMORY_BYTES);
    domain[vf] = IommuDomain.identity(memory[vf]);
    messages[vf] = new Messages();
    function.function().config().write(ConfigSpace.COMMAND, 2, ConfigSpace.COMMAND_BUS_MASTER);
    function.assign(domain[vf], messages[vf]);
  }

  Bar vf(int index) {
    return nic.virtualFunction(index).function().bar(0);
  }

  /// A running queue pair of a VF.
  QueueDriver driver(int vf) {
    return newDriver(vf, RING_SIZE).start();
  }

  QueueDriver newDriver(int vf, int size) {
    return new QueueDriver(
        memory[vf], vf(vf), I82576Registers.VF_RX_QUEUE, I82576Registers.VF_TX_QUEUE, size);
  }

  /// A running queue pair of the PF's pool.
  QueueDriver pfDriver() {
    return new QueueDriver(
            hostMemory,
            pf,
            I82576Registers.RX_QUEUE + PF_POOL * I82576Registers.QUEUE_STRIDE,
            I82576Registers.TX_QUEUE + PF_POOL * I82576Registers.QUEUE_STRIDE,
            RING_SIZE)
        .start();
  }

  /// Programs and enables MSI-X as a hypervisor does: vector `v` carries data `base + v`.
  void enableMessages(PciFunction function, int base) {
    for (int v = 0; v < function.msiX().vectors(); v++) {
      function.bar(3).write32(16 * v, Messages.ADDRESS);
      function.bar(3).write32(16 * v + 8, base + v);
      function.bar(3).write32(16 * v + 12, 0);
    }
    function.config().write(0x72, 2, 1 << 15);
  }

  void fromWire(byte[] frame) {
    nic.fromWire().offer(MemorySegment.ofArray(frame), 0, frame.length);
    nic.fromWire().flush();
  }

  void run() {
    thread.pollUntilIdle();
  }
}
