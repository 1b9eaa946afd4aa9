// SPDX-License-Identifier: MIT
package dev.npa.cli.check;

import dev.npa.cli.UsageException;
import picocli.CommandLine.ParseResult;

/// How `npa check` prints its result.
enum ReportFormat {
  TEXT,
  JSON,
  SARIF;

  static final String OPTION = "--output";

  static ReportFormat of(ParseResult given) {
    return switch (given.matchedOptionValue(OPTION, "text")) {
      case "text" -> TEXT;
      case "json" -> JSON;
      case "sarif" -> SARIF;
      case String other ->
          throw new UsageException(OPTION + " " + other + " is none of text, json, sarif");
    };
  }
}
