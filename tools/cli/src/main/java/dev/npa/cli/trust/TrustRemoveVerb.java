// SPDX-License-Identifier: MIT
package dev.npa.cli.trust;

import dev.npa.cli.ExitCode;
import dev.npa.cli.Options;
import dev.npa.cli.Teaching;
import dev.npa.cli.Verb;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `npa trust remove`: takes back what the owner added: an enrolled root or a denial.
final class TrustRemoveVerb implements Verb {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("remove");
    spec.usageMessage()
        .description(
            "Take back an enrolled root or a denial of your own.",
            "What the platform's trust bundle says stays.");
    Options.positional(spec, "ID", "1", "As npa trust show prints it.");
    TrustStore.addOptionsTo(spec);
    Teaching.examples(spec, "npa trust remove 0a1b2c3d4e5f6071");
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return false;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
    String id = given.matchedPositionalValue(0, "");
    TrustStore store = TrustStore.of(given);
    try (StoreLock _ = StoreLock.toChange(store)) {
      out.println(remove(id, store));
    }
    return ExitCode.OK;
  }

  /// What was removed.
  private static String remove(String id, TrustStore store) throws IOException {
    for (String kind : List.of(TrustStore.ENROLLED, TrustStore.TIMESTAMPS)) {
      String file = kind + "/" + id + ".pem";
      if (store.rootFiles(kind).contains(file)) {
        store.delete(file);
        return "no longer among " + kind + ": " + id;
      }
    }
    Map<String, String> reasons = new LinkedHashMap<>(store.denials().reasons());
    if (reasons.remove(id) == null) {
      throw new IOException(id + ": neither enrolled nor denied here; see npa trust show");
    }
    store.write("denied", new Denials(reasons).text().getBytes(StandardCharsets.UTF_8), true);
    return "no longer denied: " + id;
  }
}
