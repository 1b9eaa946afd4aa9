// SPDX-License-Identifier: MIT
package dev.npa.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/// The `npa` command.
public final class Npa {
  private final VerbTable verbs;
  private final PrintWriter out;
  private final PrintWriter err;

  Npa(VerbTable verbs, PrintWriter out, PrintWriter err) {
    this.verbs = verbs;
    this.out = out;
    this.err = err;
  }

  /// Runs one command and ends the JVM with its exit code.
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // a table reads the same everywhere
    PrintWriter out = new PrintWriter(System.out, true, System.out.charset());
    PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
    System.exit(new Npa(VerbTable.PRODUCT, out, err).run(args).code());
  }

  ExitCode run(String... args) {
    Map<String, Verb> made = verbs.neededFor(args);
    CommandLine line = commandLine(made).setOut(out).setErr(err);
    ParseResult given;
    try {
      given = line.parseArgs(args);
    } catch (CommandLine.ParameterException e) {
      return usage(e.getCommandLine(), e.getMessage());
    }
    ParseResult innermost = given;
    while (innermost.hasSubcommand()) {
      innermost = innermost.subcommand();
    }
    CommandLine asked = innermost.commandSpec().commandLine();
    if (innermost.isUsageHelpRequested()) {
      asked.usage(out);
      return ExitCode.OK;
    }
    if (!given.hasSubcommand()) {
      return usage(line, "a command is missing");
    }
    if (!innermost.commandSpec().subcommands().isEmpty()) {
      return usage(asked, "a command is missing after " + innermost.commandSpec().name());
    }
    Verb verb = made.get(given.subcommand().commandSpec().name());
    if (verb.runsVendorCode() && !sandboxHolds()) {
      return ExitCode.ENVIRONMENT;
    }
    boolean debug = given.hasMatchedOption("--debug") || innermost.hasMatchedOption("--debug");
    Failure failure = new Failure(innermost, debug, out, err);
    try {
      requireValues(innermost);
      ExitCode ended = verb.run(innermost, out);
      if (out.checkError()) { // flushes too
        throw new IOException("standard output: cannot be written");
      }
      return ended;
    } catch (UsageException e) {
      return usage(asked, e.getMessage());
    } catch (IOException | UncheckedIOException e) {
      return failure.ofEnvironment(e);
    } catch (RuntimeException | Error e) {
      // Whatever it is, the JVM would end with 1, which means refused.
      return failure.ofNpa(e);
    } finally {
      out.flush();
    }
  }

  /// The command with every verb, for whoever describes it.
  static CommandLine whole() {
    return commandLine(VerbTable.PRODUCT.all());
  }

  private static CommandLine commandLine(Map<String, Verb> made) {
    CommandSpec root = CommandSpec.create().name("npa");
    root.usageMessage()
        .description("Network Plugin Architecture: vendor data paths, verified and injected.");
    root.addOption(
        OptionSpec.builder("--debug")
            .description("Print a stack trace when something fails.")
            .scopeType(ScopeType.INHERIT)
            .build());
    root.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("Show this help.")
            .scopeType(ScopeType.INHERIT)
            .build());
    made.forEach((name, verb) -> root.addSubcommand(name, verb.spec()));
    // Not even on a terminal: what is read and what is grepped is the same text.
    return new CommandLine(root).setColorScheme(Help.defaultColorScheme(Ansi.OFF));
  }

  private boolean sandboxHolds() {
    List<String> faults = SandboxFlags.ofThisJvm().faults();
    faults.forEach(fault -> err.println("npa: the sandbox cannot rely on this JVM: " + fault));
    if (!faults.isEmpty()) {
      err.println("npa: start it with tools/npa, which sets what is needed");
    }
    return faults.isEmpty();
  }

  /// The whole help where a verb is missing, its first lines where an option is wrong: the message
  /// must stay in sight.
  private ExitCode usage(CommandLine asked, String message) {
    err.println("npa: " + PlainText.of(message));
    if (asked.getSubcommands().isEmpty()) {
      Help help = asked.getHelp();
      err.print(help.synopsisHeading() + help.synopsis(help.synopsisHeadingLength()));
      err.println("Try: " + asked.getCommandSpec().qualifiedName() + " --help");
    } else {
      asked.usage(err);
    }
    err.flush();
    return ExitCode.USAGE;
  }

  /// What a variable of a script was to hold and did not: never the default, never this directory.
  private static void requireValues(ParseResult given) {
    for (OptionSpec option : given.matchedOptions()) {
      if (option.stringValues().contains("")) {
        throw new UsageException(option.longestName() + " is empty; give a value or leave it out");
      }
    }
    for (PositionalParamSpec argument : given.matchedPositionals()) {
      if (argument.stringValues().contains("")) {
        throw new UsageException(argument.paramLabel() + " is empty; name one");
      }
    }
  }
}
