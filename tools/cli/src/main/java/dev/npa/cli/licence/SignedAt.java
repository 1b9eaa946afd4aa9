// SPDX-License-Identifier: MIT
package dev.npa.cli.licence;

import dev.npa.cli.UsageException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `--at`: when the package is or was signed, from which a written offer of the source counts.
final class SignedAt {
  private static final String OPTION = "--at";

  private SignedAt() {}

  static OptionSpec option() {
    return OptionSpec.builder(OPTION)
        .paramLabel("TIME")
        .type(String.class)
        .description(
            "Signing time, 2026-11-23T12:00:00Z; an offer of the source counts from it."
                + " Default: what the signature says, or now.")
        .build();
  }

  static Optional<Instant> of(ParseResult given) {
    String text = given.matchedOptionValue(OPTION, "");
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      throw new UsageException(OPTION + " " + text + " is no time like 2026-11-23T12:00:00Z");
    }
  }
}
