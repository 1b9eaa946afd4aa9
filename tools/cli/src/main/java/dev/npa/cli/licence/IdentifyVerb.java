// SPDX-License-Identifier: MIT
package dev.npa.cli.licence;

import dev.npa.cli.ExitCode;
import dev.npa.cli.PlainText;
import dev.npa.cli.Verb;
import dev.npa.cli.files.InputFile;
import dev.npa.verifier.licence.LicenceTexts;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `npa licence identify`: which licence a text is, if it is one.
final class IdentifyVerb implements Verb {
  private static final int MAX_BYTES = 1 << 20;

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("identify");
    spec.usageMessage()
        .description("Name the licence whose text a file is, word for word. Exit code 1 if none.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("FILE")
            .type(String.class)
            .arity("1")
            .description("A licence text; - for standard input.")
            .build());
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return false;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
    String file = given.matchedPositionalValue(0, "");
    byte[] text = InputFile.readAll(file, MAX_BYTES, "a licence text");
    Optional<String> name = LicenceTexts.identify(text);
    if (name.isPresent()) {
      boolean gnu = name.get().matches("[AL]?GPL-.*");
      out.println(
          PlainText.of(file)
              + ": "
              + name.get()
              + (gnu ? "; whether -only or -or-later, the text does not say" : ""));
      return ExitCode.OK;
    }
    out.println(
        PlainText.of(file)
            + ": no licence text known here"
            + LicenceTexts.begins(new String(text, StandardCharsets.UTF_8))
                .map(begun -> "; it begins with that of " + begun + " and goes on")
                .orElse(""));
    return ExitCode.REFUSED;
  }
}
