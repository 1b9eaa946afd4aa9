// SPDX-License-Identifier: MIT
package dev.npa.cli.source;

import dev.npa.cli.Digests;
import dev.npa.cli.ExitCode;
import dev.npa.cli.UsageException;
import dev.npa.cli.Verb;
import dev.npa.cli.files.InputFile;
import dev.npa.cli.files.OutputFile;
import dev.npa.cli.files.OutputFile.Audience;
import dev.npa.cli.refusals.RefusalReport;
import dev.npa.cli.refusals.ReportFormat;
import dev.npa.cli.refusals.Subject;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.licence.OpaqueContent;
import dev.npa.verifier.licence.SpdxExpression;
import dev.npa.verifier.licence.SpdxParser;
import dev.npa.verifier.licence.source.BuildRecipe;
import dev.npa.verifier.licence.source.SourceCheck;
import dev.npa.verifier.licence.source.SourceFiles;
import dev.npa.verifier.packaging.SourceArchive;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `npa source pack`: a reproducible archive of a plugin's source, with every header checked.
final class PackVerb implements Verb {
  private static final String OUT = "--out";
  private static final String LICENCE = "--licence";

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("pack");
    spec.usageMessage()
        .description(
            "Pack a plugin's source into one archive, the same bytes for the same files, after"
                + " checking that each file states the plugin's licence and that a person can read"
                + " it. Prints what to write into the manifest if the archive is offered at an"
                + " address. A tree without "
                + BuildRecipe.FILE
                + " gets one with the standard settings.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("DIR")
            .type(String.class)
            .arity("1")
            .description("Root of the source tree, where the pom is.")
            .build());
    spec.addOption(
        OptionSpec.builder("-o", OUT)
            .paramLabel("FILE")
            .type(String.class)
            .required(true)
            .description("The archive to write.")
            .build());
    spec.addOption(
        OptionSpec.builder(LICENCE)
            .paramLabel("EXPRESSION")
            .type(String.class)
            .required(true)
            .description("The plugin's licence, as in its manifest.")
            .build());
    spec.addOption(OutputFile.overwriteOption());
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
    String text = given.matchedOptionValue(LICENCE, "");
    SpdxExpression licence =
        SpdxParser.known(text)
            .orElseThrow(
                () ->
                    new UsageException(
                        LICENCE + " " + text + " is none known here; try npa licence normalise"));
    String directory = given.matchedPositionalValue(0, "");
    SourceFiles sources = withRecipe(SourceTree.read(InputFile.path(directory)), text);
    List<Refusal> refusals = new ArrayList<>();
    SourceCheck.checkTree(sources, Set.of(), Collections.emptySortedMap(), licence, refusals);
    sources
        .files()
        .forEach((name, content) -> OpaqueContent.refusal(name, content).ifPresent(refusals::add));
    RefusalReport report = new RefusalReport(refusals);
    if (!refusals.isEmpty()) {
      return report.print(format, out, Subject.tree(directory), "");
    }
    byte[] archive = SourceArchive.write(sources);
    Path file = InputFile.path(given.matchedOptionValue(OUT, ""));
    OutputFile.write(file, archive, Audience.EVERYONE, OutputFile.mayOverwrite(given));
    String good =
        "%s: %d files, %d bytes%n%s: sha384:%s"
            .formatted(
                file,
                sources.files().size(),
                archive.length,
                PackageFormat.SOURCE_DIGEST,
                Digests.sha384(archive));
    return report.print(format, out, Subject.tree(directory), good);
  }

  private static SourceFiles withRecipe(SourceFiles sources, String licence) {
    if (sources.files().containsKey(BuildRecipe.FILE)) {
      return sources;
    }
    SortedMap<String, byte[]> more = new TreeMap<>(sources.files());
    more.put(
        BuildRecipe.FILE, BuildRecipe.standard().text(licence).getBytes(StandardCharsets.UTF_8));
    return SourceFiles.of(more);
  }
}
