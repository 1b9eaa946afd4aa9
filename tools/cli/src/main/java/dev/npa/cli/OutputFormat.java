// SPDX-License-Identifier: MIT
package dev.npa.cli;

import java.util.Locale;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// How a verb prints its result.
public enum OutputFormat {
  TEXT,
  JSON;

  private static final String OPTION = "--output";

  public static OptionSpec option() {
    return OptionSpec.builder(OPTION)
        .paramLabel("FORMAT")
        .type(String.class)
        .defaultValue("text")
        .description("text or json. Default: text.")
        .build();
  }

  public static OutputFormat of(ParseResult given) throws UsageException {
    String wanted = given.matchedOptionValue(OPTION, "text");
    for (OutputFormat format : values()) {
      if (format.name().toLowerCase(Locale.ROOT).equals(wanted)) {
        return format;
      }
    }
    throw new UsageException(OPTION + " " + wanted + " is neither text nor json");
  }
}
