// SPDX-License-Identifier: MIT

/// Emulated network hardware: PCI functions, DMA through an IOMMU, rings, switch, wire.
module dev.npa.nic {
  exports dev.npa.nic;
  exports dev.npa.nic.i82576;
  exports dev.npa.nic.memory;
  exports dev.npa.nic.pci;
  exports dev.npa.nic.vmxnet3;
  exports dev.npa.nic.vmxnet3.abi;
  exports dev.npa.nic.wire;
}
