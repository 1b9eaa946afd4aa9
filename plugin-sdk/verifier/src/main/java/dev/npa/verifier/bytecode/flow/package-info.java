// SPDX-License-Identifier: MIT

/// Control flow, loops, calls and costs. Says what is so; the rules say what is allowed.
///
/// ## The guarantee
///
/// Of classes that the gate accepted, for any input, if the shell keeps the contract (`@Range` at
/// `NpaPlugin`) and the SDK its declarations (`@Cost`, `@Range`), one call of an entry point
///
/// - executes at most the bytecodes that its [dev.npa.verifier.bytecode.EntryCost] states, where a
///   call out of the plugin counts as many bytecodes as take about as long;
/// - calls nothing but itself, the SDK and number methods; nests at most 8 frames of together at
///   most 512 slots, because the call graph is exact and has no cycle;
/// - allocates nothing, or in constructor and swInit together at most 8 MiB;
/// - takes no lock, and returns, or throws what the JVM throws for null, an index, a length or a
///   division, or what the SDK throws for an argument, or [dev.npa.plugin.FuelExhausted]; it throws
///   none of the first at the instructions that [dev.npa.verifier.bytecode.FaultReport] counts as
///   proved safe.
///
/// Not part of it: time (a cache miss, a compilation, a collection), and that the JVM is right.
///
/// ## Loops
///
/// A loop is *proved* if it counts ([dev.npa.verifier.bytecode.flow.LoopBound.Proved]; the argument
/// is in `TripCount`) and all its rounds together cost at most 2^24 bytecodes, or less if some
/// method would otherwise cost more than a call's fuel. It runs as the vendor wrote it. Every other
/// loop is *metered*: each round pays fuel, at least what the round can cost. A nest costs the
/// product of its bounds; that is not tight for triangles.
///
/// The analysis runs on the vendor's code to decide, and again on the bytes that get loaded. There
/// a loop that does not pay must be proved again; one that pays is held to be metered, and the
/// rules check the charge.
///
/// ## The cost bound
///
/// Let `C` be [dev.npa.verifier.bytecode.flow.MethodFlow#cost] of an entry point: what it can
/// execute between two charges of fuel. Each round of a metered loop charges at least what the
/// round can cost before the next charge, and a call starts with `F` = 2^24 fuel. The round that
/// overdraws costs at most `C` and so does what follows the last charge: one call executes at most
/// `F + 2C` bytecodes, whatever its input, and `C` if it meets no metered loop.
///
/// ## Time
///
/// Loops and calls are found in close to linear time, trip counts in the product of a loop's blocks
/// and its tests. The value analysis looks at no more values than its
/// [dev.npa.verifier.bytecode.value.Budget] has units: at most half of what is left for methods
/// together, then the rest method by method; beyond that nothing is known and every loop is
/// metered.
///
/// ## Tests
///
/// `SoundnessTest` runs random plugins, and mutants of a driver, on an interpreter that checks
/// every claim at every step. `-Dnpa.soundness.plugins=10000 -Dnpa.soundness.seed=1` runs longer.
package dev.npa.verifier.bytecode.flow;
