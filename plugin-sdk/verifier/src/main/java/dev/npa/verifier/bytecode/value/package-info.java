// SPDX-License-Identifier: MIT

/// What values a plugin can compute: abstract interpretation over intervals, known bits, and one
/// equation and one inequality per value. Entry: [dev.npa.verifier.bytecode.value.PluginValues].
///
/// Kept apart, so that each can be read alone:
/// - *domain*: [dev.npa.verifier.bytecode.value.Interval], `Bits`, `Term`,
///   [dev.npa.verifier.bytecode.value.Value];
/// - *code*: `Code`, instructions with their names looked up;
/// - *state*: [dev.npa.verifier.bytecode.value.State], values of locals, stack and cached fields;
/// - *meaning*: `Meaning`, `Arithmetic`, `Branch`, `Calls`: what one instruction or edge does;
/// - *engine*: `Growing` guesses and `Pass` checks within a method; `Together` does both across
///   methods and fields, as far as a `Budget` goes;
/// - *certificate*: `Certificate`: what was found of the vendor's code, checked in one pass over
///   the code that was written from it;
/// - *obligation*: [dev.npa.verifier.bytecode.value.Faults]: which instructions cannot throw.
///
/// ## Why it is sound
///
/// The engines guess by widening and narrowing, and then check their guess: a pass executes each
/// block once from the states that are claimed of loop headers, and what leads back to a header
/// must be included in its claim; what each method passes to callees, returns and stores must be
/// included in the facts that it was analysed with. What fails the check, or takes more work than
/// the budget has, is forgotten: every value is then anything its type can hold. So a mistake in
/// the iteration costs precision, and only a mistake in the meaning of an instruction or in the
/// order of the domain can cost soundness. Those are what the tests run programs against.
///
/// Whatever is asked once per value is written without pattern switches and with `equals` by hand:
/// both are otherwise linked at run time, each place anew, which takes longer than a driver's
/// analysis in a JVM that has just started.
///
/// Source: P. Cousot and R. Cousot, "Abstract interpretation" (1977); known bits after the Linux
/// eBPF verifier's `tnum` (H. Vishwanathan et al., "Sound, precise, and fast abstract
/// interpretation with tristate numbers", 2022); relations in the manner of F. Logozzo and M.
/// Fähndrich, "Pentagons" (2008).
package dev.npa.verifier.bytecode.value;
