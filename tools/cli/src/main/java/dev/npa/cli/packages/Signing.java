// SPDX-License-Identifier: MIT
package dev.npa.cli.packages;

import dev.npa.cli.Options;
import dev.npa.cli.Verb;
import dev.npa.cli.files.OutputFile;
import dev.npa.cli.files.OutputFile.Audience;
import dev.npa.cli.keys.KeyOption;
import dev.npa.verifier.SignatureAlgorithm;
import dev.npa.verifier.packaging.SigningRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// What verbs that sign have in common: keys, the time, a timestamp authority, the file written.
final class Signing {
  private Signing() {}

  /// Makes the signed package.
  interface Signature {
    byte[] by(SigningRequest request) throws GeneralSecurityException, IOException;
  }

  static void addOptionsTo(CommandSpec spec, String outDescription) {
    KeyOption.addTo(spec);
    spec.addOption(Timestamps.option());
    spec.addOption(Options.out(outDescription));
    spec.addOption(OutputFile.overwriteOption());
  }

  /// Signs now, with the store's key for each algorithm.
  ///
  /// @throws IOException also if a key cannot sign
  static byte[] sign(ParseResult given, Set<SignatureAlgorithm> algorithms, Signature signature)
      throws IOException {
    try {
      return signature.by(
          new SigningRequest(
              KeyOption.signingKeys(given, algorithms), Instant.now(), Timestamps.of(given)));
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot sign: " + e.getMessage(), e);
    }
  }

  /// @param done what was done, for the result's one line
  static void write(ParseResult given, Path target, byte[] signed, String done, PrintWriter out)
      throws IOException {
    OutputFile.write(target, signed, Audience.EVERYONE, OutputFile.mayOverwrite(given));
    out.println(target + ": " + done + ", " + signed.length + " B");
    Verb.talk(given).println("next: npa verify " + target);
  }
}
