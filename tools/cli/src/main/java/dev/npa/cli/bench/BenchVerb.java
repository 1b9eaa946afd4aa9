// SPDX-License-Identifier: MIT
package dev.npa.cli.bench;

import dev.npa.bench.BenchPlan;
import dev.npa.bench.FullBench;
import dev.npa.bench.QuickBench;
import dev.npa.bench.QuickResult;
import dev.npa.bench.table.Table;
import dev.npa.cli.ExitCode;
import dev.npa.cli.OutputFormat;
import dev.npa.cli.ProductImage;
import dev.npa.cli.UsageException;
import dev.npa.cli.Verb;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `npa bench`: frames per second from guest to guest, in both modes; with `--full` everything that
/// is measured.
public final class BenchVerb implements Verb {
  private static final int DEFAULT_RUNS = 5;
  private static final int MAX_RUNS = 3600; // each of four measurements would take an hour
  private static final String PARTS = "npa.parts";

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
                    .description(
                        "Measured runs of one second each, without --full. Default: "
                            + "${DEFAULT-VALUE}.")
                    .build())
            .addOption(
                OptionSpec.builder("--full")
                    .description(
                        "Measure everything, in under ten minutes: sizes, bursts, rings, functions,"
                            + " vendors, latency, loss, stages, and C of the same shape beside it.")
                    .build())
            .addOption(
                OptionSpec.builder("--peers")
                    .description(
                        "With --full: measure DPDK's vhost-user and memif beside it, in turn. Needs"
                            + " dpdk-testpmd and 512 MiB of huge pages.")
                    .build())
            .addOption(
                OptionSpec.builder("--out")
                    .paramLabel("DIR")
                    .type(Path.class)
                    .description("With --full: write CSV, SVG and PNG files there.")
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
    boolean full = given.hasMatchedOption("--full");
    Optional<Path> directory = directory(given, full);
    if (given.hasMatchedOption("--peers") && !full) {
      throw new UsageException("--peers goes with --full");
    }
    try {
      if (full) {
        full(given, directory, format, out);
      } else {
        quick(runs(given), format, out);
      }
    } catch (GeneralSecurityException e) {
      throw new IOException("this Java runtime cannot make keys: " + e.getMessage(), e);
    }
    return ExitCode.OK;
  }

  private static int runs(ParseResult given) {
    int runs = given.matchedOptionValue("--runs", DEFAULT_RUNS);
    if (runs < 1 || runs > MAX_RUNS) {
      throw new UsageException("--runs " + runs + " is not from 1 to " + MAX_RUNS);
    }
    return runs;
  }

  private static Optional<Path> directory(ParseResult given, boolean full) {
    Optional<Path> directory = Optional.ofNullable(given.matchedOptionValue("--out", null));
    if (directory.isPresent() && !full) {
      throw new UsageException("--out " + directory.get() + " goes with --full");
    }
    if (directory.isPresent() && Files.isRegularFile(directory.get())) {
      throw new UsageException("--out " + directory.get() + " is a file");
    }
    if (full && given.hasMatchedOption("--runs")) {
      throw new UsageException("--runs does not go with --full");
    }
    return directory;
  }

  private static void quick(int runs, OutputFormat format, PrintWriter out)
      throws IOException, GeneralSecurityException {
    List<QuickResult> results = new QuickBench(ProductImage.path(), runs).run();
    switch (format) {
      case TEXT -> QuickResult.printTable(results, out);
      case JSON -> BenchJson.quick(results, out);
    }
  }

  private static void full(
      ParseResult given, Optional<Path> directory, OutputFormat format, PrintWriter out)
      throws IOException, GeneralSecurityException {
    Path parts = Path.of(System.getProperty(PARTS, ""));
    boolean haveParts = !parts.toString().isEmpty() && Files.isDirectory(parts);
    BenchPlan plan =
        BenchPlan.full(
            ProductImage.path(),
            given.hasMatchedOption("--peers"),
            haveParts ? Optional.of(parts) : Optional.empty());
    PrintWriter talk = Verb.talk(given);
    List<Table> tables =
        new FullBench(
                plan,
                line -> {
                  talk.println("npa bench: " + line);
                  talk.flush();
                })
            .run(directory);
    switch (format) {
      case TEXT -> tables.forEach(table -> table.print(out));
      case JSON -> BenchJson.full(tables, out);
    }
  }
}
