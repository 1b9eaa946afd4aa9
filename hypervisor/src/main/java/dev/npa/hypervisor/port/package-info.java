// SPDX-License-Identifier: MIT

/// What a guest's port may do ([dev.npa.hypervisor.port.PortPolicy]) and has done
/// ([dev.npa.hypervisor.port.PortCounters]), in either mode.
package dev.npa.hypervisor.port;
