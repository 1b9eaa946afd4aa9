// SPDX-License-Identifier: MIT
package dev.npa.cli.licence;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.npa.cli.ExitCode;
import dev.npa.cli.Json;
import dev.npa.cli.OutputFormat;
import dev.npa.cli.Verb;
import dev.npa.cli.refusals.RefusalReport;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.licence.CompatibilityMatrix;
import dev.npa.verifier.licence.LicenceCheck;
import dev.npa.verifier.licence.LicencePolicy;
import dev.npa.verifier.licence.LicenceReport;
import dev.npa.verifier.licence.LicenceReport.Choice;
import dev.npa.verifier.licence.LicenceReport.PartAnswer;
import dev.npa.verifier.licence.LicenceSubject;
import dev.npa.verifier.licence.SpdxExpression;
import dev.npa.verifier.licence.Whole;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `npa licence show`: which choice of the licence is taken and why, part by part.
final class ShowVerb implements Verb {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("show");
    spec.usageMessage()
        .description(
            "Show which choice of a package's licence is taken and why, and how each part joins"
                + " it. Decides nothing: that is for licence check.");
    PackageFile.addTo(spec);
    spec.addOption(PolicyOption.option());
    spec.addOption(SignedAt.option());
    spec.addOption(OutputFormat.option());
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return false;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
    OutputFormat format = OutputFormat.of(given);
    LicencePolicy policy = PolicyOption.of(given);
    Optional<Instant> signedAt = SignedAt.of(given);
    PackageFile file = PackageFile.of(given);
    return switch (file.subject(signedAt)) {
      case Verdict.Refused<LicenceSubject>(List<Refusal> refusals) ->
          new RefusalReport(refusals).printInstead(format, out, file.name());
      case Verdict.Accepted<LicenceSubject>(LicenceSubject subject) -> {
        LicenceReport report = LicenceCheck.of(subject, policy);
        switch (format) {
          case TEXT -> text(out, file, subject, report);
          case JSON -> json(out, subject, report);
        }
        yield ExitCode.OK;
      }
    };
  }

  private static void text(
      PrintWriter out, PackageFile file, LicenceSubject subject, LicenceReport report) {
    out.printf(
        "%s %s  %s  (%s)%n",
        subject.manifest().pluginId(),
        subject.manifest().version(),
        subject.manifest().licence().orElse("no licence"),
        file.signed() ? "signature not examined" : "unsigned");
    for (Choice choice : report.choices()) {
      out.printf("  choice  %s: %s%n", licences(choice), why(choice, report));
    }
    for (PartAnswer answer : report.parts()) {
      out.printf(
          "  part    %s  %s  %d classes%n",
          answer.part().title(), answer.part().licence(), classes(report, answer));
      for (Whole.Fit fit : answer.fits()) {
        fit.answers().forEach(entry -> out.println("            " + entry));
      }
    }
    out.println("  source  " + source(subject));
    int reasons = report.refusals().size();
    out.println(reasons == 0 ? "  check   accepted" : "  check   refused, reasons: " + reasons);
  }

  private static String licences(Choice choice) {
    return choice.licences().stream()
        .map(SpdxExpression.Licence::toString)
        .collect(Collectors.joining(" AND "));
  }

  private static String why(Choice choice, LicenceReport report) {
    if (choice.wholes().isEmpty()) {
      return "not for this policy";
    }
    if (choice.carriers().isEmpty()) {
      return "no version of it carries all parts";
    }
    String carriers =
        choice.carriers().stream()
            .map(whole -> String.join(" and ", whole.lookedUpAs()))
            .collect(Collectors.joining(", "));
    boolean taken = report.chosen().filter(choice::equals).isPresent();
    return (taken ? "taken" : "possible too") + ", carried by " + carriers;
  }

  private static long classes(LicenceReport report, PartAnswer answer) {
    return report.owners().values().stream().filter(answer.part()::equals).count();
  }

  private static String source(LicenceSubject subject) {
    return subject.manifest().source().orElse("not stated")
        + subject.manifest().sourceOfferUntil().map(until -> ", offered until " + until).orElse("");
  }

  private static void json(PrintWriter out, LicenceSubject subject, LicenceReport report)
      throws IOException {
    Json.print(
        out,
        json -> {
          json.writeStringField("plugin", subject.manifest().pluginId());
          json.writeStringField("version", subject.manifest().version());
          json.writeStringField("licence", subject.manifest().licence().orElse(""));
          json.writeArrayFieldStart("choices");
          for (Choice choice : report.choices()) {
            json.writeStartObject();
            json.writeStringField("licences", licences(choice));
            json.writeBooleanField("taken", report.chosen().filter(choice::equals).isPresent());
            json.writeStringField("why", why(choice, report));
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeArrayFieldStart("parts");
          for (PartAnswer answer : report.parts()) {
            part(json, report, answer);
          }
          json.writeEndArray();
          json.writeStringField("source", source(subject));
          json.writeNumberField("refusals", report.refusals().size());
        });
  }

  private static void part(JsonGenerator json, LicenceReport report, PartAnswer answer)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", answer.part().name());
    json.writeStringField("version", answer.part().version());
    json.writeStringField("licence", answer.part().licence());
    json.writeNumberField("classes", classes(report, answer));
    json.writeArrayFieldStart("answers");
    for (Whole.Fit fit : answer.fits()) {
      for (CompatibilityMatrix.Entry entry : fit.answers()) {
        json.writeString(entry.toString());
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
