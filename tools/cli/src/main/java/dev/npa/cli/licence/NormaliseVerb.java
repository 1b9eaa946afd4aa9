// SPDX-License-Identifier: MIT
package dev.npa.cli.licence;

import dev.npa.cli.ExitCode;
import dev.npa.cli.Verb;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `npa licence normalise`: the SPDX expression that a licence's name stands for, or why there is
/// none. A packager's help; no package may carry such a name.
final class NormaliseVerb implements Verb {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("normalise");
    spec.usageMessage()
        .description(
            "Print the SPDX expression that the name of a licence stands for, for instance"
                + " \"GPL v2\". Exit code 1 if it is ambiguous or unknown, with the reason.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("NAME")
            .type(String.class)
            .arity("1")
            .description("As a module, a POM or a person writes it; one argument.")
            .build());
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return false;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) {
    return switch (LicenceName.read(given.matchedPositionalValue(0, ""))) {
      case LicenceName.Means(String expression) -> {
        out.println(expression);
        yield ExitCode.OK;
      }
      case LicenceName.Unclear(String why) -> {
        out.println(why);
        yield ExitCode.REFUSED;
      }
    };
  }
}
