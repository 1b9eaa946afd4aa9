// SPDX-License-Identifier: MIT

/// What values a plugin can compute: abstract interpretation over intervals, known bits, and one
/// equation and one inequality per value. Entry: [dev.npa.verifier.bytecode.value.PluginValues].
///
/// Kept apart, so that each can be read alone:
/// - *domain*: [dev.npa.verifier.bytecode.value.Interval], `Bits`, `Term`,
///   [dev.npa.verifier.bytecode.value.Value];
/// - *state*: [dev.npa.verifier.bytecode.value.State], values of locals, stack and cached fields;
/// - *meaning*: `Meaning`, `Arithmetic`, `Branch`, `Calls`: what one instruction or edge does;
/// - *engine*: [dev.npa.verifier.bytecode.value.MethodValues] within a method, `PluginValues`
///   across methods and fields;
/// - *obligation*: [dev.npa.verifier.bytecode.value.Faults]: which instructions cannot throw.
///
/// ## Why it is sound
///
/// The engines guess by widening and narrowing, and then check their guess: each block is executed
/// once more from its state, and what comes out must be included in the states of its successors;
/// each method is analysed once more, and what it passes to callees, returns and stores must be
/// included in the facts that it was analysed with. What fails the check, or takes more steps than
/// the caps allow, is forgotten: every value is then anything its type can hold. So a mistake in
/// the iteration costs precision, and only a mistake in the meaning of an instruction or in the
/// order of the domain can cost soundness. Those are what the tests run programs against.
///
/// Source: P. Cousot and R. Cousot, "Abstract interpretation" (1977); known bits after the Linux
/// eBPF verifier's `tnum` (H. Vishwanathan et al., "Sound, precise, and fast abstract
/// interpretation with tristate numbers", 2022); relations in the manner of F. Logozzo and M.
/// Fähndrich, "Pentagons" (2008).
package dev.npa.verifier.bytecode.value;
