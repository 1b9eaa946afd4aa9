// SPDX-License-Identifier: MIT

/// What we are measured against: [dev.npa.bench.peer.CShape], the same path in C, and
/// [dev.npa.bench.peer.Peer], DPDK's fast software paths.
///
/// Invariant: no child process outlives its object, and no wait is without a limit.
package dev.npa.bench.peer;
