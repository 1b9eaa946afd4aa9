// SPDX-License-Identifier: MIT
package dev.npa.cli.refusals;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.npa.cli.Json;
import dev.npa.verifier.Location;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// The reasons why something was refused, in each form of output.
public record RefusalReport(List<Refusal> refusals) {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  public RefusalReport {
    refusals = List.copyOf(refusals);
  }

  /// What, where, why, what to do. The first line of each is stable and can be searched for.
  public void printText(PrintWriter out) {
    for (Refusal refusal : refusals) {
      out.println("error[" + refusal.rule().id() + "]: " + refusal.rule().title());
      out.println("  --> " + refusal.location());
      out.println("   = reason: " + refusal.detail());
      out.println("   = help:   " + refusal.remedy());
    }
  }

  /// Writes the member `findings`.
  public void writeJson(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("findings");
    for (Refusal refusal : refusals) {
      json.writeStartObject();
      json.writeStringField("rule", refusal.rule().id());
      json.writeStringField("title", refusal.rule().title());
      json.writeStringField("location", refusal.location().toString());
      json.writeStringField("message", refusal.detail());
      json.writeStringField("help", refusal.remedy());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /// A whole SARIF 2.1.0 log of one run.
  ///
  /// @param subject the file that was examined, as the user named it
  public void printSarif(PrintWriter out, String subject) throws IOException {
    try (JsonGenerator json = Json.generator(out)) {
      json.writeStartObject();
      json.writeStringField("$schema", SCHEMA);
      json.writeStringField("version", "2.1.0");
      json.writeArrayFieldStart("runs");
      json.writeStartObject();
      writeTool(json);
      json.writeArrayFieldStart("results");
      for (Refusal refusal : refusals) {
        writeResult(json, refusal, subject);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    }
    out.println();
  }

  private void writeTool(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("tool");
    json.writeObjectFieldStart("driver");
    json.writeStringField("name", "npa");
    json.writeArrayFieldStart("rules");
    for (RuleId rule : refusals.stream().map(Refusal::rule).distinct().toList()) {
      json.writeStartObject();
      json.writeStringField("id", rule.id());
      text(json, "shortDescription", rule.title());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeResult(JsonGenerator json, Refusal refusal, String subject)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("ruleId", refusal.rule().id());
    json.writeStringField("level", "error");
    text(json, "message", refusal.detail() + "; " + refusal.remedy());
    json.writeArrayFieldStart("locations");
    json.writeStartObject();
    json.writeObjectFieldStart("physicalLocation");
    json.writeObjectFieldStart("artifactLocation");
    json.writeStringField("uri", uri(subject));
    json.writeEndObject();
    json.writeEndObject();
    json.writeArrayFieldStart("logicalLocations");
    json.writeStartObject();
    json.writeStringField("fullyQualifiedName", member(refusal.location()));
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    json.writeObjectFieldStart("partialFingerprints");
    json.writeStringField("npaRefusal/v1", fingerprint(refusal));
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, String name, String value) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("text", value);
    json.writeEndObject();
  }

  /// Without the instruction: lines that move do not make a new finding.
  private static String member(Location location) {
    return switch (location) {
      case Location.Instruction i -> i.owner() + "." + i.name() + i.descriptor();
      case Location.Package _, Location.Entry _, Location.Member _ -> location.toString();
    };
  }

  private static String fingerprint(Refusal refusal) {
    String text = refusal.rule().id() + "\n" + member(refusal.location());
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime lacks an algorithm of java.base", e);
    }
  }

  /// A relative reference: characters that a URI does not have are percent-encoded.
  private static String uri(String name) {
    StringBuilder uri = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._~/".indexOf(c) >= 0)) {
        uri.append(c);
      } else {
        uri.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return uri.toString();
  }
}
