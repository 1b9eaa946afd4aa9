// SPDX-License-Identifier: MIT
package dev.npa.cli.licence;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.npa.cli.ExitCode;
import dev.npa.cli.Json;
import dev.npa.cli.UsageException;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// Refusals as text, JSON or SARIF 2.1.0, and the exit code that goes with them.
public final class Findings {

  private static final String OPTION = "--output";
  private static final String SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

  private enum Form {
    TEXT,
    JSON,
    SARIF
  }

  private Findings() {}

  public static OptionSpec option() {
    return OptionSpec.builder(OPTION)
        .paramLabel("FORMAT")
        .type(String.class)
        .defaultValue("text")
        .description("text, json or sarif. Default: text.")
        .build();
  }

  /// Prints them all.
  ///
  /// @param subject the file that was examined
  /// @param good what to print as text if there are none
  public static ExitCode print(
      ParseResult given, PrintWriter out, String subject, List<Refusal> refusals, String good)
      throws IOException {
    switch (form(given)) {
      case TEXT -> {
        refusals.forEach(out::println);
        out.println(refusals.isEmpty() ? good : subject + ": refused, " + count(refusals));
      }
      case JSON -> json(out, subject, refusals);
      case SARIF -> sarif(out, subject, refusals);
    }
    return refusals.isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
  }

  static boolean isText(ParseResult given) {
    return form(given) == Form.TEXT;
  }

  private static Form form(ParseResult given) {
    String wanted = given.matchedOptionValue(OPTION, "text");
    for (Form form : Form.values()) {
      if (form.name().toLowerCase(Locale.ROOT).equals(wanted)) {
        return form;
      }
    }
    throw new UsageException(OPTION + " " + wanted + " is none of text, json, sarif");
  }

  private static String count(List<Refusal> refusals) {
    return refusals.size() == 1 ? "1 reason" : refusals.size() + " reasons";
  }

  private static void json(PrintWriter out, String subject, List<Refusal> refusals)
      throws IOException {
    try (JsonGenerator json = Json.generator(out)) {
      json.writeStartObject();
      json.writeStringField("subject", subject);
      json.writeStringField("verdict", refusals.isEmpty() ? "accepted" : "refused");
      json.writeArrayFieldStart("findings");
      for (Refusal refusal : refusals) {
        json.writeStartObject();
        json.writeStringField("rule", refusal.rule().id());
        json.writeStringField("place", refusal.location().toString());
        json.writeStringField("detail", refusal.detail());
        json.writeStringField("remedy", refusal.remedy());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.println();
  }

  private static void sarif(PrintWriter out, String subject, List<Refusal> refusals)
      throws IOException {
    try (JsonGenerator json = Json.generator(out)) {
      json.writeStartObject();
      json.writeStringField("$schema", SARIF_SCHEMA);
      json.writeStringField("version", "2.1.0");
      json.writeArrayFieldStart("runs");
      json.writeStartObject();
      driver(json, refusals);
      json.writeArrayFieldStart("results");
      for (Refusal refusal : refusals) {
        result(json, subject, refusal);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    }
    out.println();
  }

  private static void driver(JsonGenerator json, List<Refusal> refusals) throws IOException {
    SortedSet<RuleId> rules = new TreeSet<>();
    refusals.forEach(refusal -> rules.add(refusal.rule()));
    json.writeObjectFieldStart("tool");
    json.writeObjectFieldStart("driver");
    json.writeStringField("name", "npa");
    json.writeArrayFieldStart("rules");
    for (RuleId rule : rules) {
      json.writeStartObject();
      json.writeStringField("id", rule.id());
      json.writeObjectFieldStart("shortDescription");
      json.writeStringField("text", rule.title());
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void result(JsonGenerator json, String subject, Refusal refusal)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("ruleId", refusal.rule().id());
    json.writeStringField("level", "error");
    json.writeObjectFieldStart("message");
    json.writeStringField("text", refusal.detail() + "; " + refusal.remedy());
    json.writeEndObject();
    json.writeArrayFieldStart("locations");
    json.writeStartObject();
    json.writeObjectFieldStart("physicalLocation");
    json.writeObjectFieldStart("artifactLocation");
    json.writeStringField("uri", subject);
    json.writeEndObject();
    json.writeEndObject();
    json.writeArrayFieldStart("logicalLocations");
    json.writeStartObject();
    json.writeStringField("fullyQualifiedName", refusal.location().toString());
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }
}
