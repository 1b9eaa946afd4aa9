// SPDX-License-Identifier: MIT

/// What a guest sees of a device: configuration space, BARs, MSI-X.
///
/// Entry type [dev.npa.nic.pci.PciFunction]. Registers come in three kinds
/// ([dev.npa.nic.pci.RegisterFile.Kind]): doorbells are memory that the device polls, interrupt
/// masks act at once on the caller's thread, all others are transactions on the device thread.
package dev.npa.nic.pci;
