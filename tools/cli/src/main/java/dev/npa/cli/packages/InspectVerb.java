// SPDX-License-Identifier: MIT
package dev.npa.cli.packages;

import dev.npa.cli.ExitCode;
import dev.npa.cli.Options;
import dev.npa.cli.OutputFormat;
import dev.npa.cli.Teaching;
import dev.npa.cli.Verb;
import dev.npa.cli.files.InputFile;
import dev.npa.cli.refusals.RefusalReport;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.UnverifiedPackage;
import dev.npa.verifier.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `npa inspect`: what a package says about itself. Needs no trust and gives none.
public final class InspectVerb implements Verb {
  static final String ENTRIES = "--entries";

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("inspect");
    spec.usageMessage()
        .description(
            "Show what a package says about itself, unverified.",
            "No signature is checked and no trust is needed: anybody can write what is printed.");
    Options.positional(spec, "PACKAGE", "1", "A package, signed or not; - for standard input.");
    spec.addOption(
        OptionSpec.builder(ENTRIES)
            .type(boolean.class)
            .description("List every entry with its size and SHA-384.")
            .build());
    spec.addOption(OutputFormat.option());
    Teaching.examples(
        spec, "npa inspect acme.xg200-1.4.2.npa.jar", "npa inspect --entries --output json - < x");
    Teaching.exitCodes(spec);
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return false;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
    OutputFormat format = OutputFormat.of(given);
    String name = given.matchedPositionalValue(0, "");
    byte[] bytes = InputFile.read(name, PackageFormat.MAX_PACKAGE_BYTES);
    return switch (UnverifiedPackage.read(bytes)) {
      case Verdict.Accepted<UnverifiedPackage>(UnverifiedPackage found) -> {
        Inspection shown =
            new Inspection(name, bytes.length, found, given.hasMatchedOption(ENTRIES));
        if (format == OutputFormat.JSON) {
          shown.printJson(out);
        } else {
          shown.printText(out);
        }
        yield ExitCode.OK;
      }
      case Verdict.Refused<UnverifiedPackage>(List<Refusal> refusals) ->
          new RefusalReport(refusals).printInstead(format, out, name);
    };
  }
}
