// SPDX-License-Identifier: MIT
package dev.npa.cli.licence;

import dev.npa.cli.ExitCode;
import dev.npa.cli.UsageException;
import dev.npa.cli.Verb;
import dev.npa.cli.files.InputFile;
import dev.npa.cli.refusals.RefusalReport;
import dev.npa.cli.refusals.ReportFormat;
import dev.npa.cli.refusals.Subject;
import dev.npa.verifier.licence.SpdxExpression;
import dev.npa.verifier.licence.SpdxParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `npa licence headers`: whether every source file says its licence.
final class HeadersVerb implements Verb {
  private static final String LICENCE = "--licence";
  private static final String LIST = "--list";

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("headers");
    spec.usageMessage()
        .description(
            "Check that every source file below a directory has one SPDX-License-Identifier line"
                + " within its first five lines. Leaves out target, .git and other dot"
                + " directories. A directory without sources is an error.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("DIR")
            .type(String.class)
            .arity("1")
            .description("Directory of sources.")
            .build());
    spec.addOption(
        OptionSpec.builder(LICENCE)
            .paramLabel("EXPRESSION")
            .type(String.class)
            .description("The licence that all of them must state.")
            .build());
    spec.addOption(
        OptionSpec.builder(LIST).description("List each file with its licence first.").build());
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
    String directory = given.matchedPositionalValue(0, "");
    HeaderScan scan = HeaderScan.below(InputFile.path(directory), wanted(given));
    if (given.hasMatchedOption(LIST) && format == ReportFormat.TEXT) {
      scan.stated().forEach((file, licence) -> out.println(file + ": " + licence));
    }
    String good =
        "accepted: " + directory + ": " + scan.stated().size() + " files, all with a header";
    return new RefusalReport(scan.refusals()).print(format, out, Subject.tree(directory), good);
  }

  private static Optional<SpdxExpression> wanted(ParseResult given) {
    Optional<String> text = Optional.ofNullable(given.matchedOptionValue(LICENCE, null));
    Optional<SpdxExpression> expression = text.flatMap(SpdxParser::known);
    if (text.isPresent() && expression.isEmpty()) {
      throw new UsageException(
          LICENCE + " " + text.get() + " is none known here; try npa licence normalise");
    }
    return expression;
  }
}
