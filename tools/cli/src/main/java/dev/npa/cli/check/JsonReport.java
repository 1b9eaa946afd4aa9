// SPDX-License-Identifier: MIT
package dev.npa.cli.check;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.npa.cli.Json;
import dev.npa.verifier.Evidence;
import dev.npa.verifier.Evidence.CodeLine;
import dev.npa.verifier.Location;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.bytecode.EntryCost;
import dev.npa.verifier.bytecode.LoopReport;
import dev.npa.verifier.bytecode.MethodTrace;
import dev.npa.verifier.bytecode.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/// The result of `npa check` as one JSON object. What is there is never renamed; what is new is
/// added. Members of lists are in the order of the text report.
final class JsonReport {
  private final JsonGenerator json;

  private JsonReport(JsonGenerator json) {
    this.json = json;
  }

  static void print(CheckResult result, PrintWriter out) throws IOException {
    try (JsonGenerator json = Json.generator(out)) {
      new JsonReport(json).result(result);
    }
    out.println();
  }

  private void result(CheckResult result) throws IOException {
    json.writeStartObject();
    json.writeNumberField("schemaVersion", 1);
    json.writeStringField("path", result.candidate().path().toString());
    json.writeStringField("kind", result.candidate().kind().words());
    json.writeStringField("entryClass", result.entryClass().replace('/', '.'));
    json.writeStringField("verdict", result.accepted() ? "accepted" : "refused");
    json.writeArrayFieldStart("refusals");
    for (Refusal refusal : result.refusals()) {
      refusal(refusal);
    }
    json.writeEndArray();
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
    json.writeEndObject();
  }

  private void refusal(Refusal refusal) throws IOException {
    Evidence evidence = refusal.evidence();
    json.writeStartObject();
    json.writeStringField("rule", refusal.rule().id());
    json.writeStringField("title", refusal.rule().title());
    json.writeStringField("detail", refusal.detail());
    json.writeStringField("help", refusal.remedy());
    json.writeFieldName("location");
    location(refusal.location());
    json.writeArrayFieldStart("code");
    for (CodeLine line : evidence.code()) {
      json.writeStartObject();
      json.writeNumberField("instruction", line.index());
      json.writeStringField("text", line.text());
      json.writeEndObject();
    }
    json.writeEndArray();
    strings("state", evidence.state());
    locations("callPath", evidence.callPath());
    json.writeNumberField("places", evidence.places());
    locations("elsewhere", evidence.elsewhere());
    json.writeEndObject();
  }

  private void location(Location location) throws IOException {
    json.writeStartObject();
    switch (location) {
      case Location.Instruction at -> {
        member(at.method());
        json.writeNumberField("instruction", at.index());
        if (Places.line(at) > 0) {
          json.writeStringField("source", Places.sourceFile(at));
          json.writeNumberField("line", Places.line(at));
        }
      }
      case Location.Member member -> member(member);
      case Location.Entry entry -> json.writeStringField("entry", entry.name());
      case Location.Package part -> json.writeStringField("part", part.part());
    }
    json.writeEndObject();
  }

  private void member(Location.Member member) throws IOException {
    json.writeStringField("class", member.owner().replace('/', '.'));
    if (!member.name().isEmpty()) {
      json.writeStringField("member", member.name());
      json.writeStringField("descriptor", member.descriptor());
    }
  }

  private void locations(String name, List<Location> locations) throws IOException {
    json.writeArrayFieldStart(name);
    for (Location location : locations) {
      location(location);
    }
    json.writeEndArray();
  }

  private void strings(String name, List<String> texts) throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private void report(Report report) throws IOException {
    json.writeArrayFieldStart("loops");
    for (LoopReport loop : report.loops()) {
      json.writeStartObject();
      json.writeFieldName("location");
      location(loop.where());
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
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void trace(MethodTrace trace) throws IOException {
    json.writeStartObject();
    member(new Location.Member(trace.owner(), trace.name(), trace.descriptor()));
    json.writeArrayFieldStart("steps");
    for (MethodTrace.Step step : trace.steps()) {
      json.writeStartObject();
      json.writeNumberField("instruction", step.index());
      json.writeStringField("text", step.instruction());
      strings("locals", step.before().locals());
      strings("stack", step.before().stack());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
