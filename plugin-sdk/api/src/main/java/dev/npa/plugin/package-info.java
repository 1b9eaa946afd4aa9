// SPDX-License-Identifier: MIT

/// The plugin contract of the Network Plugin Architecture: nine entry points that a vendor writes
/// ([dev.npa.plugin.NpaPlugin]) and five calls that the shell offers ([dev.npa.plugin.ShellApi]).
///
/// Start at [dev.npa.plugin.NpaPlugin]. Names and meaning are those of VMware's 2010 RFC and of the
/// plugin that shipped with ESXi 5.0; what they left unclear is decided here, in the javadoc of the
/// method concerned.
///
/// Invariants:
/// - A plugin instance serves one virtual function and is called from one thread at a time: the
///   guest's vCPU thread that runs the shell. It needs no lock and has none.
/// - Every object handed to the plugin is of a final class, belongs to the shell, lives as long as
///   the instance and is reused: nothing is allocated per frame.
/// - Members marked [dev.npa.plugin.ShellOnly] are for the shell. The verifier refuses a plugin
///   that refers to one.
/// - All integers in device memory are little-endian.
///
/// Settings for vendors: `javac --release 17` (to `25`) `-g -XDstringConcat=inline`. With these the
/// verifier takes ordinary Java as it is written: nested loops, state machines, tables made in the
/// constructor or in swInit, switches over numbers, helper classes that are `static final`, longs.
/// Left out are lambdas, records, enums, `assert`, try, string concatenation, string switches and
/// `new int[2][2]`; `npa check` says where and what instead, `npa explain` says why.
package dev.npa.plugin;
