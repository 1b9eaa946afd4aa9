// SPDX-License-Identifier: MIT

/// The `npa` command. Entry: [dev.npa.cli.Npa].
///
/// Invariants:
/// - One class per [dev.npa.cli.Verb]: options to a record to a library call, no logic.
/// - Options are declared through picocli's programmatic API: its annotations would need this
///   package opened to reflection.
/// - Exit codes are those of [dev.npa.cli.ExitCode]; a stack trace is printed with `--debug` only.
package dev.npa.cli;
