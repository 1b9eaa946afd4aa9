// SPDX-License-Identifier: MIT

/// What all emulated devices share: the thread they run on ([dev.npa.nic.DeviceThread]) and the way
/// frames leave and enter them ([dev.npa.nic.FramePort]).
///
/// Reading order of the module: `memory` (guest memory, IOMMU), `pci` (BARs, MSI-X, configuration
/// space), then a device family (`vmxnet3`, `i82576`), then `wire`.
package dev.npa.nic;
