// SPDX-License-Identifier: MIT
package dev.npa.cli.refusals;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.npa.verifier.Evidence;
import dev.npa.verifier.Evidence.CodeLine;
import dev.npa.verifier.Location;
import dev.npa.verifier.Refusal;
import java.io.IOException;
import java.util.List;

/// Refusals and places as JSON. What is there is never renamed; what is new is added. Members of
/// lists are in the order of the text report.
public final class RefusalJson {
  private final JsonGenerator json;

  public RefusalJson(JsonGenerator json) {
    this.json = json;
  }

  /// Writes the member `refusals`.
  public void refusals(List<Refusal> refusals) throws IOException {
    refusals("refusals", refusals);
  }

  /// Writes a member with a list of refusals.
  public void refusals(String name, List<Refusal> refusals) throws IOException {
    json.writeArrayFieldStart(name);
    for (Refusal refusal : refusals) {
      refusal(refusal);
    }
    json.writeEndArray();
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

  /// Writes a place as an object.
  public void location(Location location) throws IOException {
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

  /// Writes the members that name a class, and a field or method of it.
  public void member(Location.Member member) throws IOException {
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

  /// Writes a member with a list of texts.
  public void strings(String name, List<String> texts) throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
