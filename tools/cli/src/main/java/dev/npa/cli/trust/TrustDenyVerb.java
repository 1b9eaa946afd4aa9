// SPDX-License-Identifier: MIT
package dev.npa.cli.trust;

import dev.npa.cli.ExitCode;
import dev.npa.cli.Options;
import dev.npa.cli.Teaching;
import dev.npa.cli.UsageException;
import dev.npa.cli.Verb;
import dev.npa.cli.files.InputFile;
import dev.npa.cli.refusals.RefusalReport;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.UnverifiedPackage;
import dev.npa.verifier.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `npa trust deny`: a package must not load on this host, whoever signed it.
final class TrustDenyVerb implements Verb {
  private static final String REASON = "--reason";
  private static final String PAYLOAD = "--payload";

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("deny");
    spec.usageMessage()
        .description(
            "Deny a package on this host, whoever signed it.",
            "By its content id, which changes when it is signed again; with --payload by its"
                + " payload id, which does not.");
    Options.positional(spec, "PACKAGE|ID", "1", "A package, or an id of 96 hexadecimal digits.");
    spec.addOption(Options.required(REASON, "TEXT", "Why; printed to whoever is refused."));
    spec.addOption(
        OptionSpec.builder(PAYLOAD)
            .type(boolean.class)
            .description("Deny the payload, however it is signed.")
            .build());
    TrustStore.addOptionsTo(spec);
    Teaching.examples(
        spec, "npa trust deny acme.xg200-1.4.1.npa.jar --payload --reason ACME-2026-07");
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return false;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
    String subject = given.matchedPositionalValue(0, "");
    String reason = given.matchedOptionValue(REASON, "");
    if (reason.isBlank() || !reason.chars().allMatch(c -> c >= ' ' && c != 0x7f && c < 0x80)) {
      throw new UsageException(REASON + " is not a line of printable ASCII");
    }
    if (subject.matches(Denials.ID)) {
      return deny(subject, reason, given, out);
    }
    byte[] bytes = InputFile.read(subject, PackageFormat.MAX_PACKAGE_BYTES);
    return switch (UnverifiedPackage.read(bytes)) {
      case Verdict.Accepted<UnverifiedPackage>(UnverifiedPackage found) ->
          deny(
              given.hasMatchedOption(PAYLOAD) ? found.payloadId() : found.contentId(),
              reason,
              given,
              out);
      case Verdict.Refused<UnverifiedPackage>(List<Refusal> refusals) -> {
        new RefusalReport(refusals).printText(out);
        yield ExitCode.REFUSED;
      }
    };
  }

  private static ExitCode deny(String id, String reason, ParseResult given, PrintWriter out)
      throws IOException {
    TrustStore store = TrustStore.of(given);
    try (StoreLock _ = StoreLock.toChange(store)) {
      Map<String, String> reasons = new LinkedHashMap<>(store.denials().reasons());
      reasons.put(id, reason);
      store.write("denied", new Denials(reasons).text().getBytes(StandardCharsets.UTF_8), true);
    }
    out.println("denied: " + id);
    return ExitCode.OK;
  }
}
