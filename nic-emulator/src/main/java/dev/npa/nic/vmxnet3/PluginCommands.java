// SPDX-License-Identifier: MIT
package dev.npa.nic.vmxnet3;

import dev.npa.nic.memory.IommuDomain;
import dev.npa.nic.vmxnet3.Vmxnet3Device.Mode;
import dev.npa.nic.vmxnet3.Vmxnet3Host.MemoryRegion;
import dev.npa.nic.vmxnet3.abi.DriverShared;
import dev.npa.nic.vmxnet3.abi.MemRegs;
import java.util.ArrayList;
import java.util.List;

/// The NPA commands that name guest memory: LOAD_PLUGIN and REGISTER_MEMREGS. The device checks
/// that the memory is there; what it is for is the host's business.
final class PluginCommands {
  private final IommuDomain iommu;
  private final Vmxnet3Host host;
  private final Refusals refusals;

  PluginCommands(IommuDomain iommu, Vmxnet3Host host, Refusals refusals) {
    this.iommu = iommu;
    this.host = host;
    this.refusals = refusals;
  }

  /// `pluginConfDesc`: {version u32, length u32, address u64}. Withdrawing (length 0) is possible
  /// in every mode, loading only in [Mode#EMULATED].
  int load(SharedArea area, Mode mode) {
    int version = area.getInt(DriverShared.PLUGIN_CONF_DESC);
    int lengthBytes = area.getInt(DriverShared.PLUGIN_CONF_DESC + 4);
    long address = area.getLong(DriverShared.PLUGIN_CONF_DESC + 8);
    if (lengthBytes == 0) {
      return host.loadPlugin(version, address, 0);
    }
    if (mode != Mode.EMULATED) {
      return refusals.refuse("LOAD_PLUGIN: mode is " + mode);
    }
    if (!isMemory(address, lengthBytes)) {
      return refusals.refuse(
          "LOAD_PLUGIN: region of %#x bytes at %#x".formatted(lengthBytes, address));
    }
    return host.loadPlugin(version, address, lengthBytes);
  }

  /// `cmdInfo`: {length u32, pad u32, address u64} of a [MemRegs] block.
  int registerMemory(SharedArea area, Mode mode) {
    if (mode != Mode.EMULATED && mode != Mode.TX_STOPPED) {
      return refusals.refuse("REGISTER_MEMREGS: mode is " + mode);
    }
    int lengthBytes = area.getInt(DriverShared.CMD_INFO);
    long address = area.getLong(DriverShared.CMD_INFO + 8);
    if (lengthBytes < MemRegs.HEADER_BYTES || !isMemory(address, lengthBytes)) {
      return refusals.refuse(
          "REGISTER_MEMREGS: block of %#x bytes at %#x".formatted(lengthBytes, address));
    }
    int count = LittleEndian.getShort(iommu.memory(), address + MemRegs.COUNT);
    if (count < 1
        || count > MemRegs.MAX_REGIONS
        || lengthBytes < MemRegs.HEADER_BYTES + count * MemRegs.REGION_BYTES) {
      return refusals.refuse(
          "REGISTER_MEMREGS: %d regions in %d bytes".formatted(count, lengthBytes));
    }
    List<MemoryRegion> regions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long entry = address + MemRegs.HEADER_BYTES + (long) i * MemRegs.REGION_BYTES;
      long start = LittleEndian.getLong(iommu.memory(), entry + MemRegs.START);
      int size = LittleEndian.getInt(iommu.memory(), entry + MemRegs.LENGTH);
      // Grants are whole pages; one that began inside a page would grant what it does not name.
      if (start % IommuDomain.PAGE_BYTES != 0 || !isMemory(start, size)) {
        return refusals.refuse(
            "REGISTER_MEMREGS: region %d of %#x bytes at %#x".formatted(i, size, start));
      }
      regions.add(new MemoryRegion(start, size));
    }
    return host.memoryRegistered(List.copyOf(regions));
  }

  /// In the identity domain an address that translates is its own offset.
  private boolean isMemory(long address, int lengthBytes) {
    return lengthBytes > 0
        && iommu.translate(address, lengthBytes, IommuDomain.READ | IommuDomain.WRITE)
            != IommuDomain.FAULT;
  }
}
