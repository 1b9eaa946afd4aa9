// SPDX-License-Identifier: MIT

/// How fast the data path is, and why. Entries: [dev.npa.bench.QuickBench] and
/// [dev.npa.bench.FullBench].
///
/// Reading order: [dev.npa.bench.FullBench] (what is measured), [dev.npa.bench.Sweep],
/// [dev.npa.bench.Delay], [dev.npa.bench.Beside] and [dev.npa.bench.Parts] (how), the packages
/// below (with what).
///
/// Invariants:
/// - What is compared is measured in one run, in turn, and a ratio is given only if the machine was
///   quiet enough ([dev.npa.bench.Ratio]).
/// - The data path measured is the product's, with every check on.
package dev.npa.bench;
