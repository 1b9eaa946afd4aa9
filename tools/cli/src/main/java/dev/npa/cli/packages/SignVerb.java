// SPDX-License-Identifier: MIT
package dev.npa.cli.packages;

import dev.npa.cli.ExitCode;
import dev.npa.cli.Options;
import dev.npa.cli.Teaching;
import dev.npa.cli.UsageException;
import dev.npa.cli.Verb;
import dev.npa.cli.files.InputFile;
import dev.npa.cli.files.OutputFile;
import dev.npa.cli.files.OutputFile.Audience;
import dev.npa.cli.keys.KeyOption;
import dev.npa.cli.refusals.RefusalReport;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.UnsignedPackage;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.packaging.PackageSigner;
import dev.npa.verifier.packaging.SigningKey;
import dev.npa.verifier.packaging.SigningRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `npa sign`: the vendor's signature over a whole package, by every algorithm it promises.
public final class SignVerb implements Verb {
  private static final String UNSIGNED = ".unsigned.jar";
  private static final String SIGNED = ".npa.jar";

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("sign");
    spec.usageMessage()
        .description(
            "Sign a package as its vendor.",
            "Signs with the store's key for each algorithm that the package promises, all at once."
                + " The time is this machine's, and with --tsa a timestamp authority's too.");
    Options.positional(spec, "PACKAGE", "1", "An unsigned package, as npa build writes it.");
    KeyOption.addTo(spec);
    spec.addOption(Timestamps.option());
    spec.addOption(
        Options.out("The signed package. Default: PACKAGE with .npa.jar for .unsigned.jar."));
    spec.addOption(OutputFile.overwriteOption());
    Teaching.examples(
        spec,
        "npa sign acme.xg200-1.4.2.unsigned.jar --key acme.p12 --password-file acme.pw",
        "npa sign acme.xg200-1.4.2.unsigned.jar --key pkcs11:hsm.cfg#release");
    Teaching.exitCodes(spec);
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return false;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
    String name = given.matchedPositionalValue(0, "");
    Path target = target(given, name);
    OutputFile.requireFree(target, given);
    byte[] unsigned = InputFile.read(name, PackageFormat.MAX_PACKAGE_BYTES);
    return switch (UnsignedPackage.read(unsigned)) {
      case Verdict.Refused<UnsignedPackage>(List<Refusal> refusals) -> {
        new RefusalReport(refusals).printText(out);
        Verb.talk(given).println("npa: not a package to sign; nothing was written");
        yield ExitCode.REFUSED;
      }
      case Verdict.Accepted<UnsignedPackage>(UnsignedPackage found) -> {
        byte[] signed = sign(unsigned, found, given);
        OutputFile.write(target, signed, Audience.EVERYONE, OutputFile.mayOverwrite(given));
        String algorithms =
            found.promised().stream().map(a -> a.label()).collect(Collectors.joining(" + "));
        out.println(target + ": signed by " + algorithms + ", " + signed.length + " B");
        Verb.talk(given).println("next: npa verify " + target);
        yield ExitCode.OK;
      }
    };
  }

  private static byte[] sign(byte[] unsigned, UnsignedPackage found, ParseResult given)
      throws IOException {
    try {
      List<SigningKey> keys = KeyOption.signingKeys(given, found.promised());
      SigningRequest request = new SigningRequest(keys, Instant.now(), Timestamps.of(given));
      return PackageSigner.sign(unsigned, request);
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot sign: " + e.getMessage(), e);
    }
  }

  private static Path target(ParseResult given, String name) throws IOException {
    if (given.hasMatchedOption("--out")) {
      return InputFile.path(given.matchedOptionValue("--out", ""));
    }
    if (!name.endsWith(UNSIGNED)) {
      throw new UsageException(name + " does not end in " + UNSIGNED + "; name the output: --out");
    }
    return InputFile.path(name.substring(0, name.length() - UNSIGNED.length()) + SIGNED);
  }
}
