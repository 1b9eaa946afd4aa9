// SPDX-License-Identifier: MIT
package dev.npa.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `npa sandbox`: may vendor code run on this JVM?
final class SandboxVerb implements Verb {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("sandbox");
    spec.usageMessage()
        .description("Check that the JVM runs with the collector and flags the sandbox relies on.");
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return true; // runs none, but asks the question that a verb which does is asked
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) {
    out.println("the sandbox can rely on this JVM");
    return ExitCode.OK;
  }
}
