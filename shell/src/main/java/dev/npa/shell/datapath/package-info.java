// SPDX-License-Identifier: MIT

/// The shell's hot code and nothing else: buffers, and the loop that calls a plugin.
///
/// Reading order: [dev.npa.shell.datapath.TxLedger] and [dev.npa.shell.datapath.RxLedger] (who owns
/// which buffer), [dev.npa.shell.datapath.ShellCalls] (what a plugin may ask for),
/// [dev.npa.shell.datapath.DataPath] (the nine calls into a plugin and how a fault is contained).
///
/// Invariants:
/// - One thread, the vCPU's. Nothing here locks or allocates after construction.
/// - Every buffer has exactly one owner at any time: free list, plugin (by id), guest.
/// - What a plugin says is checked completely before anything changes.
/// - A plugin is in one call at a time: its state, its fuel and the ledgers know one thread. A
///   second call is a fault ([dev.npa.shell.datapath.ShellCalls]).
package dev.npa.shell.datapath;
