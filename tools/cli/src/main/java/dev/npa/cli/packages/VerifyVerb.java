// SPDX-License-Identifier: MIT
package dev.npa.cli.packages;

import dev.npa.cli.ExitCode;
import dev.npa.cli.Options;
import dev.npa.cli.PlainText;
import dev.npa.cli.Teaching;
import dev.npa.cli.UsageException;
import dev.npa.cli.Verb;
import dev.npa.cli.files.InputFile;
import dev.npa.cli.licence.PolicyOption;
import dev.npa.cli.refusals.ReportFormat;
import dev.npa.cli.refusals.Subject;
import dev.npa.cli.trust.TrustStore;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.VerifiedPlugin;
import dev.npa.verifier.licence.LicencePolicy;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `npa verify`: the full gate over a package, offline.
public final class VerifyVerb implements Verb {
  private static final String REPEAT = "--repeat";

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("verify");
    spec.usageMessage()
        .description(
            "Send a package through every gate, offline.",
            "Signature, structure, trust, licence, bytecode: what passes here passes in the"
                + " hypervisor or, with --as guest, in the guest's shell, if they trust the same;"
                + " both hold to the licence policy gpl. No class of the package is loaded.");
    Options.positional(spec, "PACKAGE", "1", "The package; - for standard input.");
    TrustStore.addOptionsTo(spec);
    spec.addOption(At.option());
    spec.addOption(PolicyOption.option());
    spec.addOption(ReportFormat.option());
    spec.addOption(
        Options.text(
            REPEAT,
            "N",
            "Also decide N times in this process, 1 to 10000, and print how long each gate took:"
                + " the median."));
    Teaching.examples(
        spec,
        "npa verify acme.xg200-1.4.2.npa.jar",
        "npa verify acme.xg200-1.4.2.npa.jar --as guest --at 2027-01-01 --output sarif",
        "npa verify acme.xg200-1.4.2.npa.jar --repeat 500");
    Teaching.exitCodes(spec);
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return false;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
    ReportFormat format = ReportFormat.of(given);
    Instant at = At.of(given);
    LicencePolicy licences = PolicyOption.of(given);
    int repeat = repeat(given, format);
    String name = given.matchedPositionalValue(0, "");
    TrustStore store = TrustStore.of(given);
    byte[] bytes = InputFile.read(name, PackageFormat.MAX_PACKAGE_BYTES);
    Verification result = Verification.of(name, bytes, store, at, licences);
    switch (format) {
      case TEXT -> result.printText(out);
      case JSON -> result.printJson(out);
      case SARIF -> result.report().printSarif(out, Subject.file(name));
    }
    if (repeat > 0) {
      GateTimes.measure(bytes, result, repeat).print(out);
    }
    return switch (result.verdict()) {
      case Verdict.Accepted<VerifiedPlugin> _ -> ExitCode.OK;
      case Verdict.Refused<VerifiedPlugin>(List<Refusal> refusals) -> {
        if (format == ReportFormat.TEXT) {
          String rule = refusals.getFirst().rule().id();
          Verb.talk(given)
              .println("next: npa explain " + rule + "; npa inspect " + PlainText.of(name));
        }
        yield ExitCode.REFUSED;
      }
    };
  }

  /// 0 if it was not asked for.
  private static int repeat(ParseResult given, ReportFormat format) {
    String text = given.matchedOptionValue(REPEAT, "0");
    if (given.hasMatchedOption(REPEAT)
        && !(text.matches("[1-9][0-9]{0,3}|10000") && format == ReportFormat.TEXT)) {
      throw new UsageException(REPEAT + " " + text + " is not 1 to 10000, with --output text");
    }
    return Integer.parseInt(text);
  }
}
