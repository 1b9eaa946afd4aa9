// SPDX-License-Identifier: MIT

/// Control flow, loops, calls and costs. Says what is so; the rules say what is allowed.
///
/// ## The cost bound
///
/// Let `C` be [MethodFlow#cost] of an entry point: what it can execute between two charges of fuel.
/// Each round of a metered loop charges at least what the round can cost before the next charge,
/// and a call starts with `F` fuel. The round that overdraws costs at most `C` and so does what
/// follows the last charge: one call executes at most `F + 2C` bytecodes, whatever its input, and
/// `C` if it meets no metered loop.
package dev.npa.verifier.bytecode.flow;
