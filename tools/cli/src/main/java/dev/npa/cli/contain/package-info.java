// SPDX-License-Identifier: MIT

/// `npa contain`: what becomes of a guest whose plugin passes every gate and then misbehaves.
///
/// Reading order: [dev.npa.cli.contain.ContainRun] (one trial after the other),
/// [dev.npa.cli.contain.CountedFlow] (traffic that knows what became of each frame),
/// [dev.npa.cli.contain.Balance] (the books). The misdeeds themselves are in the sample plugin
/// `hostile`.
package dev.npa.cli.contain;
