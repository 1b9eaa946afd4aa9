// SPDX-License-Identifier: MIT
package dev.npa.cli;

import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// One subcommand of `npa`.
public interface Verb {
  /// Name, options and help text, made once per process.
  CommandSpec spec();

  /// Whether the verb may load a plugin; if so, it starts only where [SandboxFlags] finds no fault.
  boolean runsVendorCode();

  /// Does the work; `given` holds the options, already parsed and checked for syntax.
  ///
  /// @param out takes the result and nothing else; what is said beside it goes to [#talk]
  /// @throws IOException if the environment failed; its message is what the user reads
  /// @throws UsageException if the options contradict each other or name something unusable
  ExitCode run(ParseResult given, PrintWriter out) throws IOException;

  /// Where a verb tells a human what the result does not say: progress, hints. Standard error.
  static PrintWriter talk(ParseResult given) {
    return given.commandSpec().commandLine().getErr();
  }
}
