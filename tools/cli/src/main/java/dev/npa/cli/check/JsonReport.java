// SPDX-License-Identifier: MIT
package dev.npa.cli.check;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.npa.cli.Json;
import dev.npa.cli.refusals.RefusalJson;
import dev.npa.verifier.Location;
import dev.npa.verifier.bytecode.EntryCost;
import dev.npa.verifier.bytecode.LoopReport;
import dev.npa.verifier.bytecode.MethodTrace;
import dev.npa.verifier.bytecode.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/// The result of `npa check` as one JSON object. What is there is never renamed; what is new is
/// added. Members of lists are in the order of the text report.
final class JsonReport {
  private final JsonGenerator json;
  private final RefusalJson places;

  private JsonReport(JsonGenerator json) {
    this.json = json;
    this.places = new RefusalJson(json);
  }

  static void print(CheckResult result, PrintWriter out) throws IOException {
    Json.print(out, json -> new JsonReport(json).result(result));
  }

  private void result(CheckResult result) throws IOException {
    json.writeNumberField("schemaVersion", 1);
    json.writeStringField("path", result.candidate().path().toString());
    json.writeStringField("kind", result.candidate().kind().words());
    json.writeStringField("entryClass", result.entryClass().replace('/', '.'));
    json.writeStringField("verdict", result.accepted() ? "accepted" : "refused");
    places.refusals(result.refusals());
    places.strings("notExamined", result.candidate().leftOut());
    json.writeObjectFieldStart("examined");
    json.writeNumberField("classes", result.extent().classes());
    json.writeNumberField("methods", result.extent().methods());
    json.writeNumberField("instructions", result.extent().instructions());
    json.writeNumberField("nanos", result.nanos());
    json.writeEndObject();
    if (result.report().isPresent()) {
      report(result.report().get());
    }
    if (!result.traces().isEmpty()) {
      json.writeArrayFieldStart("traces");
      for (MethodTrace trace : result.traces()) {
        trace(trace);
      }
      json.writeEndArray();
    }
  }

  private void report(Report report) throws IOException {
    json.writeArrayFieldStart("loops");
    for (LoopReport loop : report.loops()) {
      json.writeStartObject();
      json.writeFieldName("location");
      places.location(loop.where());
      json.writeStringField("verdict", loop.isProved() ? "proved" : "metered");
      if (loop.isProved()) {
        json.writeNumberField("rounds", loop.rounds().getAsLong());
      } else {
        json.writeStringField("reason", loop.reason());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("entryPoints");
    for (EntryCost cost : report.entries()) {
      json.writeStartObject();
      json.writeStringField("name", cost.entryPoint());
      json.writeNumberField("worstCaseBytecodes", cost.bytecodes());
      json.writeBooleanField("metered", cost.metered());
      json.writeNumberField("faultsExcluded", cost.provedSafe());
      json.writeNumberField("faultsChecked", cost.checked());
      json.writeBooleanField("cannotFault", cost.cannotFault());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void trace(MethodTrace trace) throws IOException {
    json.writeStartObject();
    places.member(new Location.Member(trace.owner(), trace.name(), trace.descriptor()));
    places.strings(
        "outOfReach", trace.outOfReach().stream().map(MethodTrace.Gap::toString).toList());
    json.writeArrayFieldStart("steps");
    for (MethodTrace.Step step : trace.steps()) {
      json.writeStartObject();
      json.writeNumberField("instruction", step.index());
      json.writeStringField("text", step.instruction());
      places.strings("locals", step.before().locals());
      places.strings("stack", step.before().stack());
      places.strings("fields", step.before().fields());
      json.writeStringField("fault", step.fault().name().toLowerCase(Locale.ROOT));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
