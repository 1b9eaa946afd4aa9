// SPDX-License-Identifier: MIT
package dev.npa.hypervisor.pf;

/// What a guest needs of a virtual function.
///
/// @param mtu in bytes
/// @param features bits `DriverShared.FEATURE_*` that the function must have
public record VfRequirements(int mtu, int txQueues, int rxQueues, int vectors, int features) {}
