// SPDX-License-Identifier: MIT
package dev.npa.cli.trust;

import dev.npa.cli.ExitCode;
import dev.npa.cli.Options;
import dev.npa.cli.Teaching;
import dev.npa.cli.UsageException;
import dev.npa.cli.Verb;
import dev.npa.cli.files.InputFile;
import dev.npa.cli.files.OutputFile;
import dev.npa.cli.files.OutputFile.Audience;
import dev.npa.cli.keys.Algorithms;
import dev.npa.cli.keys.KeyOption;
import dev.npa.verifier.packaging.BundleSigner;
import dev.npa.verifier.packaging.SigningRequest;
import dev.npa.verifier.trust.BundleContents;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `npa bundle create`: signs what a text file says of whom to believe.
final class BundleCreateVerb implements Verb {
  private static final String ALGORITHMS = "--algorithms";
  private static final int LIMIT_BYTES = 1 << 20;

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("create");
    spec.usageMessage()
        .description(
            "Sign a trust bundle from a text file.",
            "One statement per line: serial N; expires TIME; root FILE; timestamp-root FILE; revoke"
                + " CERTIFICATE-FILE TIME; deny ID REASON; minimum PLUGIN-ID GENERATION; sunset"
                + " ALGORITHM TIME; format N. Times as 2027-01-01T00:00:00Z; files beside the"
                + " text.");
    Options.positional(spec, "TEXT", "1", "What the bundle is to say.");
    spec.addOption(Options.text(ALGORITHMS, "NAME,...", "Signatures to make. Default: EC-P384."));
    KeyOption.addTo(spec);
    spec.addOption(Options.required("--out", "FILE", "The signed bundle."));
    spec.addOption(OutputFile.overwriteOption());
    Teaching.examples(
        spec, "npa bundle create bundle.txt --key bundles.p12 --out platform-118.bundle");
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return false;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
    String name = given.matchedPositionalValue(0, "");
    Path target = InputFile.path(given.matchedOptionValue("--out", ""));
    OutputFile.requireFree(target, given);
    String text =
        new String(InputFile.readAll(name, LIMIT_BYTES, "a bundle's text"), StandardCharsets.UTF_8);
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    BundleContents contents = new BundleText(InputFile.path(name), now).parse(text);
    var algorithms = Algorithms.parse(ALGORITHMS, given.matchedOptionValue(ALGORITHMS, "EC-P384"));
    try {
      SigningRequest request =
          new SigningRequest(KeyOption.signingKeys(given, algorithms), now, Optional.empty());
      OutputFile.write(
          target,
          BundleSigner.sign(contents, request),
          Audience.EVERYONE,
          OutputFile.mayOverwrite(given));
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot sign: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
    out.println(target + ": bundle #" + contents.serial() + ", expires " + contents.expires());
    Verb.talk(given).println("next, on each host: npa trust update " + target);
    return ExitCode.OK;
  }
}
