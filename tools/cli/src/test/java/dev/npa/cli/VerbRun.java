// SPDX-License-Identifier: MIT
package dev.npa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// One run of a verb in this JVM, and what it printed.
///
/// The JVM of the tests has options that the sandbox refuses (surefire patches the module), so
/// nobody asks for the sandbox here; [SandboxFlagsTest] does.
public record VerbRun(ExitCode exitCode, String out, String err) {
  public static VerbRun of(Verb verb, String... options) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Verb unguarded = new Unguarded(verb);
    String name = verb.spec().name();
    VerbTable verbs = new VerbTable(List.of(new VerbTable.Entry(name, () -> unguarded)));
    Npa npa = new Npa(verbs, new PrintWriter(out), new PrintWriter(err));
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addFirst(name);
    ExitCode exitCode = npa.run(arguments.toArray(String[]::new));
    return new VerbRun(exitCode, out.toString(), err.toString());
  }

  /// Refused with exit code 2: one line that names the value, then how the verb is used.
  public void assertUsage(String verb, String value) {
    assertThat(exitCode).isEqualTo(ExitCode.USAGE);
    assertThat(out).isEmpty();
    assertThat(err.lines().findFirst().orElseThrow()).startsWith("npa: ").contains(value);
    assertThat(err.lines().skip(1).findFirst().orElseThrow()).startsWith("Usage: npa " + verb);
    assertThat(err).doesNotContain("\tat ");
  }

  /// Failed with exit code 3: one line that names the value, and nothing else.
  public void assertFailure(String value) {
    assertThat(exitCode).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(out).isEmpty();
    assertThat(err.lines()).hasSize(1);
    assertThat(err).startsWith("npa: ").contains(value).doesNotContain("fault of npa");
  }

  /// What was printed, which must be one JSON object without repeated names and nothing else.
  public Map<?, ?> json() throws IOException {
    JsonFactory strict =
        JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    try (JsonParser parser = strict.createParser(out)) {
      assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      Object object = value(parser);
      assertThat(parser.nextToken()).as("behind the object").isNull();
      return (Map<?, ?>) object;
    }
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          object.put(name, value(parser));
        }
        yield object;
      }
      case START_ARRAY -> {
        List<Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(parser));
        }
        yield array;
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
      case VALUE_NULL, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE, FIELD_NAME, END_OBJECT, END_ARRAY ->
          throw new AssertionError("unexpected " + parser.currentToken());
    };
  }

  private record Unguarded(Verb verb) implements Verb {
    @Override
    public CommandSpec spec() {
      return verb.spec();
    }

    @Override
    public boolean runsVendorCode() {
      return false;
    }

    @Override
    public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
      return verb.run(given, out);
    }
  }
}
