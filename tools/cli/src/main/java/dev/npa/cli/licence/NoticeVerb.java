// SPDX-License-Identifier: MIT
package dev.npa.cli.licence;

import dev.npa.cli.ExitCode;
import dev.npa.cli.OutputFormat;
import dev.npa.cli.Verb;
import dev.npa.cli.refusals.RefusalReport;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.licence.LicenceCheck;
import dev.npa.verifier.licence.LicencePolicy;
import dev.npa.verifier.licence.LicenceReport;
import dev.npa.verifier.licence.LicenceReport.PartAnswer;
import dev.npa.verifier.licence.LicenceSubject;
import dev.npa.verifier.licence.SpdxExpression;
import dev.npa.verifier.licence.Whole;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `npa licence notice`: what somebody who hands the package on must hand on with it.
final class NoticeVerb implements Verb {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("notice");
    spec.usageMessage()
        .description(
            "Print the third-party notice of a package: its parts, their copyright lines and the"
                + " texts of their licences, as the package has them.");
    PackageFile.addTo(spec);
    spec.addOption(PolicyOption.option());
    spec.addOption(SignedAt.option());
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return false;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
    LicencePolicy policy = PolicyOption.of(given);
    Optional<Instant> signedAt = SignedAt.of(given);
    PackageFile file = PackageFile.of(given);
    return switch (file.subject(signedAt)) {
      case Verdict.Refused<LicenceSubject>(List<Refusal> refusals) -> refused(out, file, refusals);
      case Verdict.Accepted<LicenceSubject>(LicenceSubject subject) -> {
        LicenceReport report = LicenceCheck.of(subject, policy);
        if (!report.refusals().isEmpty()) {
          yield refused(out, file, report.refusals()); // better no notice than an untrue one
        }
        notice(out, subject, report);
        yield ExitCode.OK;
      }
    };
  }

  private static ExitCode refused(PrintWriter out, PackageFile file, List<Refusal> refusals)
      throws IOException {
    return new RefusalReport(refusals).printInstead(OutputFormat.TEXT, out, file.name());
  }

  private static void notice(PrintWriter out, LicenceSubject subject, LicenceReport report) {
    out.printf(
        "%s %s is distributed under %s.%n",
        subject.manifest().pluginId(),
        subject.manifest().version(),
        subject.manifest().licence().orElseThrow());
    out.println(
        report.parts().isEmpty()
            ? "It contains no third-party code."
            : "It contains the following third-party code.");
    NavigableSet<String> texts = new TreeSet<>();
    for (PartAnswer answer : report.parts()) {
      List<SpdxExpression.Licence> chosen =
          answer.fits().stream()
              .filter(Whole.Fit::allowed)
              .findFirst()
              .map(fit -> List.copyOf(fit.chosen()))
              .orElseThrow();
      out.println();
      out.println(answer.part().title());
      answer.part().copyright().ifPresent(line -> out.println("  " + line));
      out.println(
          "  "
              + chosen.stream()
                  .map(SpdxExpression.Licence::toString)
                  .collect(Collectors.joining(" AND ")));
      for (SpdxExpression.Licence licence : chosen) {
        texts.add(licence.id());
        licence.exception().ifPresent(texts::add);
      }
    }
    for (String id : texts) {
      byte[] text = subject.entries().get(PackageFormat.LICENCE_TEXTS + id + ".txt");
      out.printf("%n---- %s ----%n%n%s%n", id, new String(text, StandardCharsets.UTF_8).strip());
    }
  }
}
