// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

/// How a virtual function is initialised.
///
/// NPA also passes where the queues are; on the 82576 the plugin programs that itself, through the
/// function's own registers.
///
/// @param mtu in bytes
/// @param moderation interrupt moderation level, 0 (none) to 7
public record VfParameters(int mtu, int moderation) {}
