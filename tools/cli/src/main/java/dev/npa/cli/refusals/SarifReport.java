// SPDX-License-Identifier: MIT
package dev.npa.cli.refusals;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.npa.cli.Json;
import dev.npa.verifier.Location;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.RulePage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Refusals in SARIF 2.1.0 (OASIS), for code-scanning services: one result per cause, the call path
/// as a code flow, a fingerprint that survives moved lines.
public final class SarifReport {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private final JsonGenerator json;
  private final Subject subject;

  private SarifReport(JsonGenerator json, Subject subject) {
    this.json = json;
    this.subject = subject;
  }

  /// Prints a whole log of one run.
  public static void print(List<Refusal> refusals, Subject subject, PrintWriter out)
      throws IOException {
    Json.print(out, json -> new SarifReport(json, subject).log(refusals));
  }

  /// Prints a whole log of one run that came to no result.
  public static void printFailure(String message, int exitCode, PrintWriter out)
      throws IOException {
    Json.print(out, json -> new SarifReport(json, Subject.file("")).failure(message, exitCode));
  }

  private void log(List<Refusal> refusals) throws IOException {
    List<RuleId> rules = refusals.stream().map(Refusal::rule).distinct().toList();
    startRun(rules);
    json.writeArrayFieldStart("results");
    for (Refusal refusal : refusals) {
      result(refusal, rules.indexOf(refusal.rule()));
    }
    json.writeEndArray();
    endRun();
  }

  private void failure(String message, int exitCode) throws IOException {
    startRun(List.of());
    json.writeArrayFieldStart("invocations");
    json.writeStartObject();
    json.writeBooleanField("executionSuccessful", false);
    json.writeNumberField("exitCode", exitCode);
    json.writeArrayFieldStart("toolExecutionNotifications");
    json.writeStartObject();
    json.writeStringField("level", "error");
    text("message", message);
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    endRun();
  }

  private void startRun(List<RuleId> rules) throws IOException {
    json.writeStringField("$schema", SCHEMA);
    json.writeStringField("version", "2.1.0");
    json.writeArrayFieldStart("runs");
    json.writeStartObject();
    json.writeObjectFieldStart("tool");
    json.writeObjectFieldStart("driver");
    json.writeStringField("name", "npa");
    json.writeArrayFieldStart("rules");
    for (RuleId rule : rules) {
      rule(rule);
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
    json.writeStringField("columnKind", "utf16CodeUnits");
  }

  private void endRun() throws IOException {
    json.writeEndObject();
    json.writeEndArray();
  }

  private void rule(RuleId rule) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", rule.id());
    text("shortDescription", rule.title());
    text("fullDescription", RulePage.of(rule).reason());
    json.writeObjectFieldStart("help");
    json.writeStringField("text", RulePage.of(rule).markdown());
    json.writeStringField("markdown", RulePage.of(rule).markdown());
    json.writeEndObject();
    json.writeEndObject();
  }

  private void result(Refusal refusal, int ruleIndex) throws IOException {
    json.writeStartObject();
    json.writeStringField("ruleId", refusal.rule().id());
    json.writeNumberField("ruleIndex", ruleIndex);
    json.writeStringField("level", "error");
    text("message", refusal.rule().title() + ": " + refusal.detail() + "; " + refusal.remedy());
    json.writeArrayFieldStart("locations");
    location(refusal.location());
    json.writeEndArray();
    if (!refusal.evidence().elsewhere().isEmpty()) {
      json.writeArrayFieldStart("relatedLocations");
      for (Location other : distinct(refusal.evidence().elsewhere())) {
        location(other);
      }
      json.writeEndArray();
    }
    json.writeObjectFieldStart("partialFingerprints");
    json.writeStringField("npaCause/v1", fingerprint(refusal));
    json.writeEndObject();
    json.writeNumberField("occurrenceCount", refusal.evidence().places());
    if (!refusal.evidence().callPath().isEmpty()) {
      flow(refusal.evidence().callPath());
    }
    json.writeEndObject();
  }

  /// Instructions of one line look the same here, and SARIF's schema wants related locations to be
  /// unique.
  private Collection<Location> distinct(List<Location> locations) {
    Map<List<Object>, Location> shown = new LinkedHashMap<>();
    for (Location location : locations) {
      int line = location instanceof Location.Instruction at ? Places.line(at) : 0;
      shown.putIfAbsent(
          List.of(
              subject.artifacts().apply(location), line, logical(location), Places.brief(location)),
          location);
    }
    return shown.values();
  }

  private void flow(List<Location> callPath) throws IOException {
    json.writeArrayFieldStart("codeFlows");
    json.writeStartObject();
    json.writeArrayFieldStart("threadFlows");
    json.writeStartObject();
    json.writeArrayFieldStart("locations");
    for (Location call : callPath) {
      json.writeStartObject();
      json.writeFieldName("location");
      location(call);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
  }

  private void location(Location location) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("physicalLocation");
    json.writeObjectFieldStart("artifactLocation");
    json.writeStringField("uri", uri(subject.artifacts().apply(location)));
    json.writeEndObject();
    if (location instanceof Location.Instruction at && Places.line(at) > 0) {
      json.writeObjectFieldStart("region");
      json.writeNumberField("startLine", Places.line(at));
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeArrayFieldStart("logicalLocations");
    json.writeStartObject();
    json.writeStringField("fullyQualifiedName", logical(location));
    json.writeStringField("kind", kind(location));
    json.writeEndObject();
    json.writeEndArray();
    text("message", Places.brief(location));
    json.writeEndObject();
  }

  /// A relative reference as RFC 3986 wants it: bytes outside of its unreserved set are escaped.
  private static String uri(String path) {
    StringBuilder uri = new StringBuilder();
    for (byte b : path.replace('\\', '/').getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || "-._~/".indexOf(c) >= 0;
      uri.append(plain ? String.valueOf(c) : "%" + HexFormat.of().withUpperCase().toHexDigits(b));
    }
    return uri.toString();
  }

  private static String logical(Location location) {
    return switch (location) {
      case Location.Instruction at -> logical(at.method());
      case Location.Member member -> {
        String owner = member.owner().replace('/', '.');
        yield member.name().isEmpty() ? owner : owner + "." + member.name() + member.descriptor();
      }
      case Location.Package part -> part.part();
      case Location.Entry entry -> entry.name();
    };
  }

  private static String kind(Location location) {
    return switch (location) {
      case Location.Instruction at -> "function";
      case Location.Member member when member.name().isEmpty() -> "type";
      case Location.Member member when member.descriptor().startsWith("(") -> "function";
      case Location.Member member -> "member";
      case Location.Package part -> "resource";
      case Location.Entry entry -> "resource";
    };
  }

  /// Neither line nor index: both move when code above changes.
  private static String fingerprint(Refusal refusal) {
    try {
      String cause =
          refusal.rule().id() + "|" + logical(refusal.location()) + "|" + refusal.detail();
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(cause.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private void text(String name, String text) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("text", text);
    json.writeEndObject();
  }
}
