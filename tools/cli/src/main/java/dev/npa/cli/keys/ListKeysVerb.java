// SPDX-License-Identifier: MIT
package dev.npa.cli.keys;

import dev.npa.cli.ExitCode;
import dev.npa.cli.OutputFormat;
import dev.npa.cli.Teaching;
import dev.npa.cli.Verb;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.GeneralSecurityException;
import java.time.Instant;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `npa keys list`: what is in a key store, and until when it is good.
final class ListKeysVerb implements Verb {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("list");
    spec.usageMessage().description("List the keys of a store and when they expire.");
    KeyOption.addTo(spec);
    spec.addOption(OutputFormat.option());
    Teaching.examples(spec, "npa keys list --key acme.p12");
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return false;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
    OutputFormat format = OutputFormat.of(given);
    KeyOption.Named named = KeyOption.named(given);
    try (Password password = Password.ask(given, named.store())) {
      KeySource source = KeyOption.open(named, password);
      KeyList list = new KeyList(named.store(), KeyOption.entries(source, named), Instant.now());
      if (list.entries().isEmpty()) {
        Verb.talk(given).println("npa: no private key with a certificate in " + named.store());
      }
      if (format == OutputFormat.JSON) {
        list.printJson(out);
      } else {
        list.printText(out);
      }
    } catch (GeneralSecurityException e) {
      throw new IOException(named.store() + ": " + e.getMessage(), e);
    }
    return ExitCode.OK;
  }
}
