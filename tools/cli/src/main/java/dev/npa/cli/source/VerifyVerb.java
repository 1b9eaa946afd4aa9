// SPDX-License-Identifier: MIT
package dev.npa.cli.source;

import dev.npa.cli.ExitCode;
import dev.npa.cli.Verb;
import dev.npa.cli.licence.PackageFile;
import dev.npa.cli.refusals.RefusalReport;
import dev.npa.cli.refusals.ReportFormat;
import dev.npa.cli.refusals.Subject;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.UnverifiedPackage;
import dev.npa.verifier.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `npa source verify`: whether a package's source is its source.
final class VerifyVerb implements Verb {
  private static final String SOURCE = "--source";
  private static final String SDK = "--sdk";

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("verify");
    spec.usageMessage()
        .description(
            "Compile a package's source by its recorded settings, offline, and compare: same"
                + " payload digest, or which class differs. Runs nothing of the vendor's. Exit code"
                + " 1 if it differs.");
    PackageFile.addTo(spec);
    spec.addOption(
        OptionSpec.builder(SOURCE)
            .paramLabel("FILE")
            .type(String.class)
            .description("The source archive, if the package only offers its source.")
            .build());
    spec.addOption(
        OptionSpec.builder(SDK)
            .paramLabel("FILE")
            .type(String.class)
            .description("The SDK to compile against. Default: the one npa itself uses.")
            .build());
    spec.addOption(ReportFormat.option());
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return false;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
    ReportFormat format = ReportFormat.of(given);
    PackageFile file = PackageFile.of(given);
    Optional<String> archive = Optional.ofNullable(given.matchedOptionValue(SOURCE, null));
    Optional<String> sdk = Optional.ofNullable(given.matchedOptionValue(SDK, null));
    Path classPath = sdk.isPresent() ? Sdk.named(sdk.get()) : Sdk.ofThisCommand();
    return switch (file.content()) {
      case Verdict.Refused<UnverifiedPackage>(List<Refusal> refusals) ->
          new RefusalReport(refusals).print(format, out, Subject.file(file.name()), "");
      case Verdict.Accepted<UnverifiedPackage>(UnverifiedPackage content) -> {
        Comparison comparison = Comparison.of(content, archive, classPath);
        yield new RefusalReport(comparison.refusals())
            .print(
                format,
                out,
                Subject.file(file.name()),
                "accepted: " + file.name() + comparison.good());
      }
    };
  }
}
