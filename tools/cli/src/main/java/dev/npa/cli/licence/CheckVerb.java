// SPDX-License-Identifier: MIT
package dev.npa.cli.licence;

import dev.npa.cli.ExitCode;
import dev.npa.cli.Verb;
import dev.npa.cli.refusals.RefusalReport;
import dev.npa.cli.refusals.ReportFormat;
import dev.npa.cli.refusals.Subject;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.licence.LicenceCheck;
import dev.npa.verifier.licence.LicencePolicy;
import dev.npa.verifier.licence.LicenceSubject;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `npa licence check`: the gate's licence stage over a package that need not be signed yet.
final class CheckVerb implements Verb {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("check");
    spec.usageMessage()
        .description(
            "Check the licences of a package as the gate will: expression, texts, bill of"
                + " materials, source. Exit code 0 if it will be taken, 1 if not.");
    PackageFile.addTo(spec);
    spec.addOption(PolicyOption.option());
    spec.addOption(SignedAt.option());
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
    LicencePolicy policy = PolicyOption.of(given);
    Optional<Instant> signedAt = SignedAt.of(given);
    PackageFile file = PackageFile.of(given);
    List<Refusal> refusals =
        switch (file.subject(signedAt)) {
          case Verdict.Refused<LicenceSubject>(List<Refusal> unreadable) -> unreadable;
          case Verdict.Accepted<LicenceSubject>(LicenceSubject subject) ->
              LicenceCheck.of(subject, policy).refusals();
        };
    return new RefusalReport(refusals)
        .print(
            format,
            out,
            Subject.file(file.name()),
            "accepted: " + file.name() + ": licences are in order");
  }
}
