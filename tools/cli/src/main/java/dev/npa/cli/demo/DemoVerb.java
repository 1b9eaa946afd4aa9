// SPDX-License-Identifier: MIT
package dev.npa.cli.demo;

import dev.npa.cli.ExitCode;
import dev.npa.cli.OutputFormat;
import dev.npa.cli.ProductImage;
import dev.npa.cli.UsageException;
import dev.npa.cli.Verb;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `npa demo`: the main job, end to end.
public final class DemoVerb implements Verb {
  private static final long DEFAULT_FRAMES = 200_000;
  private static final int DEFAULT_SWITCHES = 8;

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommandSpec.create()
            .name("demo")
            .addOption(
                OptionSpec.builder("--pcap")
                    .paramLabel("FILE")
                    .type(Path.class)
                    .description("Ethernet capture (pcap or pcapng) to replay; default: built in.")
                    .build())
            .addOption(
                OptionSpec.builder("--frames")
                    .paramLabel("N")
                    .type(long.class)
                    .defaultValue(Long.toString(DEFAULT_FRAMES))
                    .description(
                        "Frames to send in each direction, at least; traffic goes on until the"
                            + " last switch. Default: ${DEFAULT-VALUE}.")
                    .build())
            .addOption(
                OptionSpec.builder("--switches")
                    .paramLabel("N")
                    .type(int.class)
                    .defaultValue(Integer.toString(DEFAULT_SWITCHES))
                    .description(
                        "Times a guest changes between emulated mode and passthrough."
                            + " Default: ${DEFAULT-VALUE}.")
                    .build())
            .addOption(OutputFormat.option());
    spec.usageMessage()
        .description(
            "Boot two guests on one host, replay a capture between them in both directions, and"
                + " change their paths under load.",
            "",
            "Makes throwaway keys, packages and signs the sample plugin, offers three bad packages"
                + " on the way. Every frame carries a sequence number in 8 bytes behind the"
                + " captured ones and is compared byte by byte when it arrives.",
            "",
            "Exit code 0 if every frame arrived once, in order and intact and every step went as it"
                + " should; 1 otherwise.");
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return true;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
    OutputFormat format = OutputFormat.of(given);
    long frames = given.matchedOptionValue("--frames", DEFAULT_FRAMES);
    int switches = given.matchedOptionValue("--switches", DEFAULT_SWITCHES);
    if (frames < 1) {
      throw new UsageException("--frames " + frames + " is not a number of frames to send");
    }
    if (switches < 0) {
      throw new UsageException("--switches " + switches + " is negative");
    }
    Optional<Path> capture = Optional.ofNullable(given.matchedOptionValue("--pcap", null));
    if (capture.isPresent() && capture.get().toString().isEmpty()) {
      throw new UsageException("--pcap '' names no file");
    }
    DemoPlan plan = new DemoPlan(capture, frames, switches, ProductImage.path());
    // Progress is for people; whoever parses the output gets nothing else.
    Consumer<String> progress = format == OutputFormat.TEXT ? out::println : line -> {};
    DemoReport report;
    try (Demo demo = new Demo(plan, progress)) {
      report = demo.run();
    } catch (GeneralSecurityException e) {
      throw new IOException("this Java runtime cannot make the demo's keys: " + e.getMessage(), e);
    }
    switch (format) {
      case TEXT -> new DemoTable(report).print(out);
      case JSON -> DemoJson.print(report, out);
    }
    return report.perfect() ? ExitCode.OK : ExitCode.REFUSED;
  }
}
