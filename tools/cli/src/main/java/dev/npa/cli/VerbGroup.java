// SPDX-License-Identifier: MIT
package dev.npa.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Verbs that share a first word, as `npa keys new` and `npa keys list` do.
public final class VerbGroup implements Verb {
  private final String name;
  private final String description;
  private final Map<String, Verb> members = new LinkedHashMap<>();

  public VerbGroup(String name, String description, Verb... members) {
    this.name = name;
    this.description = description;
    for (Verb member : members) {
      this.members.put(member.spec().name(), member);
    }
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage().description(description);
    members.forEach((word, member) -> spec.addSubcommand(word, member.spec()));
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return members.values().stream().anyMatch(Verb::runsVendorCode);
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
    return members.get(given.commandSpec().name()).run(given, out);
  }
}
