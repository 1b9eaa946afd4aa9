// SPDX-License-Identifier: MIT
package dev.npa.cli.contain;

import dev.npa.cli.ExitCode;
import dev.npa.cli.OutputFormat;
import dev.npa.cli.ProductImage;
import dev.npa.cli.UsageException;
import dev.npa.cli.Verb;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `npa contain`: plugins that pass every gate and then misbehave.
public final class ContainVerb implements Verb {
  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommandSpec.create()
            .name("contain")
            .addPositional(
                PositionalParamSpec.builder()
                    .paramLabel("MISDEED")
                    .type(List.class)
                    .auxiliaryTypes(String.class)
                    .arity("0..*")
                    .description("Misdeeds to commit, as the table names them. Default: all.")
                    .build())
            .addOption(OutputFormat.option());
    spec.usageMessage()
        .description(
            "Give a guest one hostile plugin after the other, under traffic, and see that each is"
                + " stopped.",
            "",
            "Each is the sample plugin \"hostile\" with another misdeed, signed and through every"
                + " gate. It works honestly for 3000 frames. Then it has to be ended, its function"
                + " quarantined, and the guest back in emulation; and of every frame sent by the"
                + " two guests it has to be known whether it arrived, who dropped it or how it was"
                + " lost.",
            "",
            "Exit code 0 if every misdeed was contained and no frame is unaccounted for; 1"
                + " otherwise.");
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return true;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
    OutputFormat format = OutputFormat.of(given);
    try (ContainRun run = new ContainRun(ProductImage.path())) {
      List<String> wanted = wanted(given.matchedPositionalValue(0, List.of()), run.misdeeds());
      List<Trial> trials =
          switch (format) {
            case TEXT -> printAsTable(run, wanted, out);
            case JSON -> run.run(wanted, trial -> {});
          };
      if (format == OutputFormat.JSON) {
        ContainJson.print(trials, wanted.size(), out);
      }
      boolean contained =
          trials.size() == wanted.size() && trials.stream().allMatch(Trial::contained);
      return contained ? ExitCode.OK : ExitCode.REFUSED;
    } catch (GeneralSecurityException e) {
      throw new IOException("this Java runtime cannot make the run's keys: " + e.getMessage(), e);
    }
  }

  private static List<String> wanted(List<String> named, List<String> known) {
    List<String> wanted =
        named.stream()
            .map(name -> name.toUpperCase(Locale.ROOT).replace(' ', '_').replace('-', '_'))
            .toList();
    for (String name : wanted) {
      if (!known.contains(name)) {
        throw new UsageException(name + " is none of the misdeeds " + String.join(" ", known));
      }
    }
    return wanted.isEmpty() ? known : wanted;
  }

  private static List<Trial> printAsTable(ContainRun run, List<String> wanted, PrintWriter out)
      throws GeneralSecurityException {
    ContainTable table = new ContainTable(out);
    table.header();
    List<Trial> trials = run.run(wanted, table::row);
    table.summary(trials, wanted.size());
    return trials;
  }
}
