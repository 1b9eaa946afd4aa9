// SPDX-License-Identifier: MIT

/// How a stage of the gate refuses: a parser throws [RuleBroken], the stage's entry turns it into a
/// verdict ([Undecided]). Nothing of this leaves the module.
package dev.npa.verifier.stage;
