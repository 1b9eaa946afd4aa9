// SPDX-License-Identifier: MIT

/// Control flow, loops, calls and costs. Says what is so; the rules say what is allowed.
///
/// ## The cost bound
/// Let `C` be [MethodFlow#cost] of an entry point: what it can execute between two charges of fuel.
/// Each round of a metered loop charges at least what the round can cost before the next charge, and
/// a call starts with `F` fuel. So one call executes at most `F + C` bytecodes, whatever its input.
package dev.npa.verifier.bytecode.flow;
