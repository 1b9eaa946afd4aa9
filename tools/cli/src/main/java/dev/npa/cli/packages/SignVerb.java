// SPDX-License-Identifier: MIT
package dev.npa.cli.packages;

import dev.npa.cli.ExitCode;
import dev.npa.cli.Options;
import dev.npa.cli.Teaching;
import dev.npa.cli.UsageException;
import dev.npa.cli.Verb;
import dev.npa.cli.files.InputFile;
import dev.npa.cli.files.OutputFile;
import dev.npa.cli.refusals.RefusalReport;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.UnsignedPackage;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.packaging.PackageSigner;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `npa sign`: the vendor's signature over a whole package, by every algorithm it promises.
public final class SignVerb implements Verb {
  private static final String UNSIGNED = ".unsigned.jar";
  static final String SIGNED = ".npa.jar";

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("sign");
    spec.usageMessage()
        .description(
            "Sign a package as its vendor.",
            "Signs with the store's key for each algorithm that the package promises, all at once."
                + " The time is this machine's, and with --tsa a timestamp authority's too.");
    Options.positional(spec, "PACKAGE", "1", "An unsigned package, as npa build writes it.");
    Signing.addOptionsTo(
        spec, "The signed package. Default: PACKAGE with .npa.jar for .unsigned.jar.");
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
        byte[] signed =
            Signing.sign(given, found.promised(), request -> PackageSigner.sign(unsigned, request));
        String algorithms =
            found.promised().stream().map(a -> a.label()).collect(Collectors.joining(" + "));
        Signing.write(given, target, signed, "signed by " + algorithms, out);
        yield ExitCode.OK;
      }
    };
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
