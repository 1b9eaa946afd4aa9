// SPDX-License-Identifier: MIT
package dev.npa.cli.refusals;

import dev.npa.cli.Options;
import dev.npa.cli.UsageException;
import java.io.Console;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// Marks words on a terminal; elsewhere, and where somebody wants none, text stays plain.
public enum Colour {
  ON,
  OFF;

  private static final String OPTION = "--color";

  public static OptionSpec option() {
    return Options.text(OPTION, "WHEN", "auto or never. Default: auto.");
  }

  /// @throws UsageException if the option says something else
  public static Colour of(ParseResult given) {
    return switch (given.matchedOptionValue(OPTION, "auto")) {
      case "never" -> OFF;
      case "auto" -> auto(System.console(), System.getenv("NO_COLOR"), System.getenv("TERM"));
      case String other -> throw new UsageException(OPTION + " " + other + " is not auto or never");
    };
  }

  /// See no-color.org: the variable counts if it is set to anything but nothing.
  private static Colour auto(Console console, String noColor, String term) {
    boolean wanted = noColor == null || noColor.isEmpty();
    return console != null && console.isTerminal() && wanted && term != null && !term.equals("dumb")
        ? ON
        : OFF;
  }

  public String bad(String text) {
    return in("31;1", text);
  }

  public String good(String text) {
    return in("32;1", text);
  }

  public String strong(String text) {
    return in("1", text);
  }

  public String quiet(String text) {
    return in("34;1", text);
  }

  private String in(String codes, String text) {
    return this == ON ? "\u001b[" + codes + "m" + text + "\u001b[0m" : text;
  }
}
