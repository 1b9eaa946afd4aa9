// SPDX-License-Identifier: MIT
package dev.npa.cli;

import dev.npa.cli.refusals.SarifReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine.ParseResult;

/// How it is told that a verb could not do its work: one line for people; where a result was asked
/// for in a form for machines, that result too, so that a report is never an empty file.
record Failure(ParseResult given, boolean debug, PrintWriter out, PrintWriter err) {

  /// Files, networks, tokens: nothing is wrong with npa.
  ExitCode ofEnvironment(Exception e) {
    return tell(e, message(e));
  }

  ExitCode ofNpa(Throwable e) {
    return tell(e, "this is a fault of npa: " + message(e));
  }

  private ExitCode tell(Throwable e, String message) {
    err.println("npa: " + PlainText.of(message));
    if (debug) {
      e.printStackTrace(err);
    }
    try {
      switch (given.matchedOptionValue("--output", "text")) {
        case "json" -> printJson(message);
        case "sarif" -> SarifReport.printFailure(message, ExitCode.ENVIRONMENT.code(), out);
        default -> {} // text, or a verb without the option: the line is all there is
      }
    } catch (IOException unwritable) {
      err.println("npa: standard output: cannot be written");
    }
    return ExitCode.ENVIRONMENT;
  }

  private void printJson(String message) throws IOException {
    Json.print(
        out,
        json -> {
          json.writeStringField("verdict", "undecided");
          json.writeStringField("error", message);
          json.writeNumberField("exitCode", ExitCode.ENVIRONMENT.code());
        });
  }

  /// Of the commonest failures Java's message is the name of the file and nothing else.
  private static String message(Throwable e) {
    return switch (e) {
      case UncheckedIOException unchecked -> message(unchecked.getCause());
      case NoSuchFileException missing -> missing.getFile() + ": no such file";
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      case FileSystemException other when other.getReason() != null ->
          other.getFile() + ": " + other.getReason();
      case OutOfMemoryError memory -> "out of memory: " + memory.getMessage();
      case StackOverflowError _ -> "out of stack";
      case Throwable other when other.getMessage() == null -> other.getClass().getSimpleName();
      case Throwable other -> other.getMessage();
    };
  }
}
