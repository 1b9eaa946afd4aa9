// SPDX-License-Identifier: MIT

/// Guest memory and the IOMMU through which devices reach it.
///
/// A device never holds an address: it translates what it finds in a descriptor with
/// [dev.npa.nic.memory.IommuDomain#translate] and stops when that faults.
package dev.npa.nic.memory;
