// SPDX-License-Identifier: MIT
package dev.npa.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.security.GeneralSecurityException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `npa bench`: frames per second from guest to guest, in both modes.
final class BenchVerb implements Verb {
  private static final int DEFAULT_RUNS = 5;
  private static final int MAX_RUNS = 3600; // each of four measurements would take an hour

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommandSpec.create()
            .name("bench")
            .addOption(
                OptionSpec.builder("--runs")
                    .paramLabel("N")
                    .type(int.class)
                    .defaultValue(Integer.toString(DEFAULT_RUNS))
                    .description("Measured runs of one second each. Default: ${DEFAULT-VALUE}.")
                    .build())
            .addOption(OutputFormat.option());
    spec.usageMessage()
        .description(
            "Measure frames per second from guest 1 to guest 2 at 64 and 1518 bytes (with FCS, as"
                + " RFC 2544 counts): through two virtual functions of the 82576 and the sample"
                + " plugin, and emulated, through vmxnet3 and the virtual switch.",
            "",
            "A frame is written when its buffer is used for the first time and sent unchanged after"
                + " that. Both guests run on one thread, network card and hypervisor on another."
                + " Prints the median of the runs with minimum and maximum, and bytes allocated per"
                + " frame on both threads.");
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return true;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
    OutputFormat format = OutputFormat.of(given);
    int runs = given.matchedOptionValue("--runs", DEFAULT_RUNS);
    if (runs < 1 || runs > MAX_RUNS) {
      throw new UsageException("--runs " + runs + " is not from 1 to " + MAX_RUNS);
    }
    List<BenchResult> results;
    try {
      results = new Bench(ProductImage.path(), runs).run();
    } catch (GeneralSecurityException e) {
      throw new IOException("this Java runtime cannot make keys: " + e.getMessage(), e);
    }
    switch (format) {
      case TEXT -> BenchResult.printTable(results, out);
      case JSON -> BenchResult.printJson(results, out);
    }
    return ExitCode.OK;
  }
}
