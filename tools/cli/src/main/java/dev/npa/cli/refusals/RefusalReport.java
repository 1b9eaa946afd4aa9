// SPDX-License-Identifier: MIT
package dev.npa.cli.refusals;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.npa.cli.ExitCode;
import dev.npa.cli.Json;
import dev.npa.cli.OutputFormat;
import dev.npa.cli.PlainText;
import dev.npa.verifier.Refusal;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/// The reasons why something was refused, in each form of output.
public record RefusalReport(List<Refusal> refusals) {
  public RefusalReport {
    refusals = List.copyOf(refusals);
  }

  /// The whole result of a verb that has nothing to say but refusals, and its exit code.
  ///
  /// @param good what to print as text if there are no refusals
  public ExitCode print(ReportFormat format, PrintWriter out, Subject subject, String good)
      throws IOException {
    switch (format) {
      case TEXT -> printText(out, subject.name(), good);
      case JSON -> printJson(out, subject.name());
      case SARIF -> printSarif(out, subject);
    }
    return refusals.isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
  }

  /// What a verb prints in place of its result, and its exit code.
  ///
  /// @param subject what was examined, as the user named it
  public ExitCode printInstead(OutputFormat format, PrintWriter out, String subject)
      throws IOException {
    switch (format) {
      case TEXT -> printText(out, subject, "");
      case JSON -> printJson(out, subject);
    }
    return ExitCode.REFUSED;
  }

  private void printText(PrintWriter out, String subject, String good) {
    printText(out);
    String count = refusals.size() == 1 ? "1 reason" : refusals.size() + " reasons";
    out.println(PlainText.of(refusals.isEmpty() ? good : "refused: " + subject + ": " + count));
  }

  /// What, where, why, what to do. The first line of each is stable and can be searched for.
  public void printText(PrintWriter out) {
    new RefusalText(out, Colour.OFF, new SourceRoot(Optional.empty()), false).print(refusals);
  }

  /// One JSON object.
  public void printJson(PrintWriter out, String subject) throws IOException {
    Json.print(
        out,
        json -> {
          json.writeStringField("file", subject);
          json.writeStringField("verdict", refusals.isEmpty() ? "accepted" : "refused");
          writeJson(json);
        });
  }

  /// Writes the member `refusals`.
  public void writeJson(JsonGenerator json) throws IOException {
    new RefusalJson(json).refusals(refusals);
  }

  /// A whole SARIF 2.1.0 log of one run.
  public void printSarif(PrintWriter out, Subject subject) throws IOException {
    SarifReport.print(refusals, subject, out);
  }
}
