// SPDX-License-Identifier: MIT
package dev.npa.cli.packages;

import dev.npa.cli.UsageException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `--at`: the moment for which a verb decides, now unless said otherwise.
///
/// A time without its zone would mean another moment on another machine, so it is not taken; a date
/// alone is its first moment in UTC.
public final class At {
  private static final String NAME = "--at";

  private At() {}

  public static OptionSpec option() {
    return OptionSpec.builder(NAME)
        .paramLabel("TIME")
        .type(String.class)
        .description(
            "Decide as of TIME: 2026-11-23 (its first moment in UTC), 2026-11-23T09:00:00Z or"
                + " with an offset, 2026-11-23T10:00:00+01:00. Default: now.")
        .build();
  }

  public static Instant of(ParseResult given) {
    String text = given.matchedOptionValue(NAME, "");
    if (text.isEmpty()) {
      return Instant.now();
    }
    try {
      return text.indexOf('T') < 0
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new UsageException(
          NAME + " " + text + " is not a time with its zone, as 2026-11-23T09:00:00Z");
    }
  }
}
