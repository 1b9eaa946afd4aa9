// SPDX-License-Identifier: MIT
package dev.npa.cli.packages;

import dev.npa.cli.ExitCode;
import dev.npa.cli.Options;
import dev.npa.cli.Teaching;
import dev.npa.cli.UsageException;
import dev.npa.cli.Verb;
import dev.npa.cli.files.InputFile;
import dev.npa.cli.files.OutputFile;
import dev.npa.cli.files.OutputFile.Audience;
import dev.npa.cli.keys.Algorithms;
import dev.npa.cli.keys.KeyOption;
import dev.npa.cli.refusals.RefusalReport;
import dev.npa.verifier.AcceptanceLevel;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.SignatureAlgorithm;
import dev.npa.verifier.UnverifiedPackage;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.packaging.PackageSigner;
import dev.npa.verifier.packaging.SigningRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `npa countersign`: the platform's certification beside the vendor's signature, which stays as it
/// is.
public final class CountersignVerb implements Verb {
  private static final String LEVEL = "--level";
  private static final String ALGORITHMS = "--algorithms";

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("countersign");
    spec.usageMessage()
        .description(
            "Certify a signed package for the platform.",
            "The vendor's signature stays as it is. Verify the package before: this verb does not"
                + " ask whether the vendor is to be believed.");
    Options.positional(spec, "PACKAGE", "1", "A package that its vendor has signed.");
    spec.addOption(Options.required(LEVEL, "LEVEL", "accepted or certified."));
    spec.addOption(
        Options.text(ALGORITHMS, "NAME,...", "Default: those of the vendor's signatures."));
    KeyOption.addTo(spec);
    spec.addOption(Timestamps.option());
    spec.addOption(Options.required("--out", "FILE", "The certified package."));
    spec.addOption(OutputFile.overwriteOption());
    Teaching.examples(
        spec,
        "npa countersign acme.npa.jar --level accepted --key lab.p12 --out acme.accepted.npa.jar");
    Teaching.exitCodes(spec);
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return false;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
    AcceptanceLevel level = level(given.matchedOptionValue(LEVEL, ""));
    Path target = InputFile.path(given.matchedOptionValue("--out", ""));
    OutputFile.requireFree(target, given);
    byte[] signed =
        InputFile.read(given.matchedPositionalValue(0, ""), PackageFormat.MAX_PACKAGE_BYTES);
    return switch (UnverifiedPackage.read(signed)) {
      case Verdict.Refused<UnverifiedPackage>(List<Refusal> refusals) -> {
        new RefusalReport(refusals).printText(out);
        yield ExitCode.REFUSED;
      }
      case Verdict.Accepted<UnverifiedPackage>(UnverifiedPackage found) -> {
        byte[] certified = certify(signed, found, level, given);
        OutputFile.write(target, certified, Audience.EVERYONE, OutputFile.mayOverwrite(given));
        out.println(target + ": certified to level " + level.label());
        Verb.talk(given).println("next: npa verify " + target);
        yield ExitCode.OK;
      }
    };
  }

  private static byte[] certify(
      byte[] signed, UnverifiedPackage found, AcceptanceLevel level, ParseResult given)
      throws IOException {
    if (found.claims().isEmpty()) {
      throw new IOException("the vendor has not signed the package yet; npa sign does");
    }
    Set<SignatureAlgorithm> algorithms =
        given.hasMatchedOption(ALGORITHMS)
            ? Algorithms.parse(ALGORITHMS, given.matchedOptionValue(ALGORITHMS, ""))
            : found.claims().stream().map(c -> c.algorithm()).collect(Collectors.toSet());
    try {
      SigningRequest request =
          new SigningRequest(
              KeyOption.signingKeys(given, algorithms), Instant.now(), Timestamps.of(given));
      return PackageSigner.countersign(signed, level, request);
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot certify: " + e.getMessage(), e);
    }
  }

  private static AcceptanceLevel level(String text) {
    return switch (text) {
      case "accepted" -> AcceptanceLevel.ACCEPTED;
      case "certified" -> AcceptanceLevel.CERTIFIED;
      default ->
          throw new UsageException(LEVEL + " " + text + " is neither accepted nor certified");
    };
  }
}
