// SPDX-License-Identifier: MIT
package dev.npa.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The two shapes that almost every option of this command has: a text, and a positional text.
public final class Options {
  private Options() {}

  public static OptionSpec text(String name, String parameter, String description) {
    return OptionSpec.builder(name)
        .paramLabel(parameter)
        .type(String.class)
        .description(description)
        .build();
  }

  public static OptionSpec required(String name, String parameter, String description) {
    return text(name, parameter, description).toBuilder().required(true).build();
  }

  /// Where a verb writes its result.
  public static OptionSpec out(String description) {
    return OptionSpec.builder("-o", "--out")
        .paramLabel("FILE")
        .type(String.class)
        .description(description)
        .build();
  }

  /// @param arity `1`, `2`, `0..1`, `1..*`
  public static void positional(CommandSpec spec, String label, String arity, String description) {
    boolean many = !arity.equals("1") && !arity.equals("0..1");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel(label)
            .type(many ? String[].class : String.class)
            .arity(arity)
            .description(description)
            .build());
  }
}
