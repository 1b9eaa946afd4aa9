// SPDX-License-Identifier: MIT
package dev.npa.cli.licence;

import dev.npa.cli.UsageException;
import dev.npa.verifier.licence.LicencePolicy;
import java.util.Locale;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `--licence-policy`: under which licences a plugin may run beside a GPL driver.
public final class PolicyOption {

  private static final String OPTION = "--licence-policy";

  private PolicyOption() {}

  public static OptionSpec option() {
    return OptionSpec.builder(OPTION)
        .paramLabel("POLICY")
        .type(String.class)
        .defaultValue("gpl")
        .description(
            "gpl: one choice of the licence must be the GPL. compatible: everything may be under"
                + " licences that GPL-2.0-only allows as parts. Default: gpl.")
        .build();
  }

  public static LicencePolicy of(ParseResult given) {
    String wanted = given.matchedOptionValue(OPTION, "gpl");
    for (LicencePolicy policy : LicencePolicy.values()) {
      if (policy.name().toLowerCase(Locale.ROOT).equals(wanted)) {
        return policy;
      }
    }
    throw new UsageException(OPTION + " " + wanted + " is neither gpl nor compatible");
  }
}
