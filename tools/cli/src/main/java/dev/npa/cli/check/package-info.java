// SPDX-License-Identifier: MIT

/// `npa check` and `npa explain`: the gate for people who write plugins. A verb reads a
/// [dev.npa.cli.check.Candidate], asks the gate, and hands a [dev.npa.cli.check.CheckResult] to one
/// of three reports.
package dev.npa.cli.check;
