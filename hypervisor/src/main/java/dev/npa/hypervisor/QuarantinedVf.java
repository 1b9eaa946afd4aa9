// SPDX-License-Identifier: MIT
package dev.npa.hypervisor;

/// A virtual function in quarantine.
///
/// @param vm the virtual machine that had it
public record QuarantinedVf(int vf, String vm, String reason) {}
