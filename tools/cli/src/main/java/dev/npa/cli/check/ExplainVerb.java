// SPDX-License-Identifier: MIT
package dev.npa.cli.check;

import dev.npa.cli.ExitCode;
import dev.npa.cli.Json;
import dev.npa.cli.OutputFormat;
import dev.npa.cli.Teaching;
import dev.npa.cli.UsageException;
import dev.npa.cli.Verb;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.RulePage;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `npa explain`: the page of one rule, or the list of all.
public final class ExplainVerb implements Verb {
  private static final int SUGGESTIONS = 3;

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        CommandSpec.create()
            .name("explain")
            .addPositional(
                PositionalParamSpec.builder()
                    .index("0")
                    .arity("0..1")
                    .paramLabel("ID")
                    .type(String.class)
                    .description("A rule, NPA-B024 or B024. Without one: all of them.")
                    .build())
            .addOption(OutputFormat.option());
    spec.usageMessage()
        .description(
            "Explain a rule of the gate: why it is there, what it refuses, what it wants.",
            "Ids are permanent. The letter says which gate: S signature, T trust, P package,"
                + " L licence, B bytecode.");
    Teaching.examples(spec, "npa explain", "npa explain B024", "npa explain --output json L003");
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return false;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
    OutputFormat format = OutputFormat.of(given);
    String wanted = given.matchedPositionalValue(0, "");
    List<RuleId> rules = wanted.isEmpty() ? List.of(RuleId.values()) : List.of(find(wanted));
    switch (format) {
      case TEXT -> text(rules, !wanted.isEmpty(), out);
      case JSON -> json(rules, out);
    }
    return ExitCode.OK;
  }

  private static void text(List<RuleId> rules, boolean whole, PrintWriter out) {
    for (RuleId rule : rules) {
      out.print(whole ? RulePage.of(rule).markdown() : rule.id() + "  " + rule.title() + "\n");
    }
  }

  private static void json(List<RuleId> rules, PrintWriter out) throws IOException {
    Json.print(
        out,
        json -> {
          json.writeArrayFieldStart("rules");
          for (RuleId rule : rules) {
            json.writeStartObject();
            json.writeStringField("id", rule.id());
            json.writeStringField("title", rule.title());
            json.writeStringField("page", RulePage.of(rule).markdown());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static RuleId find(String wanted) {
    String upper = wanted.toUpperCase(Locale.ROOT);
    String id = upper.startsWith("NPA-") ? upper : "NPA-" + upper;
    Optional<RuleId> rule =
        Arrays.stream(RuleId.values()).filter(known -> known.id().equals(id)).findFirst();
    return rule.orElseThrow(
        () -> new UsageException("no rule " + wanted + "; nearest: " + nearest(id)));
  }

  private static String nearest(String id) {
    return Arrays.stream(RuleId.values())
        .map(RuleId::id)
        .sorted(Comparator.comparingInt((String known) -> distance(known, id)))
        .limit(SUGGESTIONS)
        .collect(Collectors.joining(", "));
  }

  /// Levenshtein's, over two short words.
  private static int distance(String a, String b) {
    String cut = b.substring(0, Math.min(b.length(), 20));
    List<Integer> row = range(cut.length());
    for (int i = 1; i <= a.length(); i++) {
      List<Integer> next = range(0);
      next.set(0, i);
      for (int j = 1; j <= cut.length(); j++) {
        int change = row.get(j - 1) + (a.charAt(i - 1) == cut.charAt(j - 1) ? 0 : 1);
        next.add(Math.min(change, Math.min(row.get(j), next.get(j - 1)) + 1));
      }
      row = next;
    }
    return row.getLast();
  }

  private static List<Integer> range(int last) {
    return IntStream.rangeClosed(0, last).boxed().collect(Collectors.toCollection(ArrayList::new));
  }
}
