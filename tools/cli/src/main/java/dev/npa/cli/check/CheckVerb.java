// SPDX-License-Identifier: MIT
package dev.npa.cli.check;

import dev.npa.cli.ExitCode;
import dev.npa.cli.Options;
import dev.npa.cli.UsageException;
import dev.npa.cli.Verb;
import dev.npa.cli.refusals.Colour;
import dev.npa.cli.refusals.ReportFormat;
import dev.npa.cli.refusals.SarifReport;
import dev.npa.cli.refusals.SourceRoot;
import dev.npa.cli.refusals.Subject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `npa check`: the structure and the bytecode of a plugin, without any key.
public final class CheckVerb implements Verb {

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommandSpec.create()
            .name("check")
            .addPositional(
                PositionalParamSpec.builder()
                    .index("0")
                    .arity("1")
                    .paramLabel("JAR|DIRECTORY")
                    .type(String.class)
                    .description(
                        "A package, a plain JAR, or a directory of compiler output; - for standard"
                            + " input.")
                    .build())
            .addOption(
                Options.text(
                    "--entry", "CLASS", "The class that implements NpaPlugin. Default: found."))
            .addOption(
                Options.text("--source-root", "DIR", "Where the sources are, to show their lines."))
            .addOption(ReportFormat.option())
            .addOption(Colour.option())
            .addOption(
                OptionSpec.builder("--trace")
                    .description("Show what is known before each instruction.")
                    .build())
            .addOption(
                OptionSpec.builder("--all")
                    .description("Text: list every known place of a cause, not the first few.")
                    .build());
    spec.usageMessage()
        .description(
            "Check a plugin as the shell will, but for signature and licence: the structure if it"
                + " is a package, and the bytecode.",
            "",
            "Each cause is reported once, with its rule, its place, a call path from an entry"
                + " point, and a remedy. `npa explain` says more of a rule.");
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return false;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
    ReportFormat format = ReportFormat.of(given);
    Colour colour = Colour.of(given);
    Optional<Path> sourceRoot = sourceRoot(given);
    Candidate candidate = CandidateReader.read(given.matchedPositionalValue(0, ""));
    CheckResult result =
        Check.of(candidate, entry(given, candidate), given.hasMatchedOption("--trace"));
    SourceRoot sources = new SourceRoot(sourceRoot);
    switch (format) {
      case TEXT ->
          new TextReport(out, colour, sources, given.hasMatchedOption("--all")).print(result);
      case JSON -> JsonReport.print(result, out);
      case SARIF ->
          SarifReport.print(
              result.refusals(), Subject.compiled(candidate.path().toString(), sources), out);
    }
    return result.accepted() ? ExitCode.OK : ExitCode.REFUSED;
  }

  private static Optional<Path> sourceRoot(ParseResult given) {
    String named = given.matchedOptionValue("--source-root", "");
    if (named.isEmpty()) {
      return Optional.empty();
    }
    if (!Files.isDirectory(Path.of(named))) {
      throw new UsageException("--source-root " + named + " is not a directory");
    }
    return Optional.of(Path.of(named));
  }

  private static String entry(ParseResult given, Candidate candidate) {
    String named = given.matchedOptionValue("--entry", "").replace('.', '/');
    if (!named.isEmpty() && !candidate.classes().containsKey(named)) {
      throw new UsageException(
          "--entry " + named.replace('/', '.') + ": no such class in " + candidate.path());
    }
    return named.isEmpty()
        ? candidate.entryClass().orElseGet(() -> EntryClassSearch.in(candidate.classes()))
        : named;
  }
}
