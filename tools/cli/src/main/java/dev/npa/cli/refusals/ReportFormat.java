// SPDX-License-Identifier: MIT
package dev.npa.cli.refusals;

import dev.npa.cli.Options;
import dev.npa.cli.UsageException;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// How a verb that refuses prints its result.
public enum ReportFormat {
  TEXT,
  JSON,
  /// SARIF 2.1.0, which code hosts and editors show beside the source.
  SARIF;

  private static final String OPTION = "--output";

  public static OptionSpec option() {
    return Options.text(OPTION, "FORMAT", "text, json or sarif. Default: text.");
  }

  /// @throws UsageException if the option names another format
  public static ReportFormat of(ParseResult given) {
    String wanted = given.matchedOptionValue(OPTION, "text");
    return Arrays.stream(values())
        .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(wanted))
        .findFirst()
        .orElseThrow(
            () -> new UsageException(OPTION + " " + wanted + " is none of text, json, sarif"));
  }
}
