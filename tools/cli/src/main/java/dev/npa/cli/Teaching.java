// SPDX-License-Identifier: MIT
package dev.npa.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// Help that shows how a verb is used, not only what its options are.
public final class Teaching {
  private Teaching() {}

  /// Ends the verb's help with command lines that work.
  public static void examples(CommandSpec spec, String... commands) {
    List<String> lines = new ArrayList<>();
    for (String command : commands) {
      lines.add("  " + command);
    }
    spec.usageMessage().footerHeading("%nExamples:%n").footer(lines.toArray(String[]::new));
  }

  /// Ends the verb's help with its exit codes, where they mean more than "it worked".
  public static void exitCodes(CommandSpec spec) {
    spec.usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(
            java.util.Map.of(
                "0", "accepted",
                "1", "examined and refused",
                "2", "the command line cannot be understood",
                "3", "could not be examined"));
  }
}
