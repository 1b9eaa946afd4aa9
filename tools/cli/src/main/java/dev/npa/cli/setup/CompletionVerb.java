// SPDX-License-Identifier: MIT
package dev.npa.cli.setup;

import dev.npa.cli.ExitCode;
import dev.npa.cli.Options;
import dev.npa.cli.Teaching;
import dev.npa.cli.UsageException;
import dev.npa.cli.Verb;
import java.io.PrintWriter;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `npa completion`: a script that completes verbs and options in the user's shell.
public final class CompletionVerb implements Verb {
  private final Supplier<CommandLine> whole;

  /// @param whole the command with all of its verbs
  public CompletionVerb(Supplier<CommandLine> whole) {
    this.whole = whole;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("completion");
    spec.usageMessage().description("Print a completion script for bash or zsh.");
    Options.positional(spec, "SHELL", "1", "bash or zsh.");
    Teaching.examples(spec, "source <(npa completion bash)", "npa completion zsh >> ~/.zshrc");
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return false;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) {
    String shell = given.matchedPositionalValue(0, "");
    if (!shell.equals("bash") && !shell.equals("zsh")) {
      throw new UsageException(shell + " is neither bash nor zsh");
    }
    if (shell.equals("zsh")) {
      out.println("autoload -U +X compinit && compinit");
      out.println("autoload -U +X bashcompinit && bashcompinit");
    }
    out.print(AutoComplete.bash("npa", whole.get()));
    return ExitCode.OK;
  }
}
