// SPDX-License-Identifier: MIT

/// A host with a network card, guests on it, and programs in the guests. Entry:
/// [dev.npa.testbed.Testbed].
///
/// Hypervisor and shell never call each other; whoever needs both (demo, benchmarks, tests) puts
/// them together here and nowhere else.
///
/// Invariants:
/// - Nothing in the product depends on this package.
/// - A guest's [dev.npa.testbed.Guest#shell] is used on the guest's vCPU thread only.
package dev.npa.testbed;
