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
import dev.npa.cli.trust.TrustStore;
import dev.npa.verifier.AcceptanceLevel;
import dev.npa.verifier.Gate;
import dev.npa.verifier.PackageFormat;
import dev.npa.verifier.PackageSignature;
import dev.npa.verifier.PluginBinding.Role;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.SignatureAlgorithm;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.VerifiedPlugin;
import dev.npa.verifier.packaging.PackageSigner;
import dev.npa.verifier.trust.Trust;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `npa countersign`: the platform's certification beside the vendor's signature, which stays as it
/// is.
public final class CountersignVerb implements Verb {
  private static final String LEVEL = "--level";

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("countersign");
    spec.usageMessage()
        .description(
            "Certify a signed package for the platform.",
            "Sends it through every gate first, by the trust of this host: the vendor must lead to"
                + " the platform's roots, for nobody certifies what hosts refuse. Signs by the"
                + " algorithms of the vendor's signatures, and looks whether hosts would take the"
                + " result at that level.");
    Options.positional(spec, "PACKAGE", "1", "A package that its vendor has signed.");
    spec.addOption(Options.required(LEVEL, "LEVEL", "accepted or certified."));
    Signing.addOptionsTo(
        spec, "The certified package. Default: PACKAGE with .LEVEL.npa.jar for .npa.jar.");
    TrustStore.addOptionsTo(spec);
    Teaching.examples(
        spec,
        "npa countersign acme.xg200-1.4.2.npa.jar --level accepted --key lab.p12",
        "npa countersign acme.npa.jar --level certified --key pkcs11:hsm.cfg --out out.npa.jar");
    Teaching.exitCodes(spec);
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return false;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
    AcceptanceLevel level = level(given.matchedOptionValue(LEVEL, ""));
    String name = given.matchedPositionalValue(0, "");
    Path target = target(given, name, level);
    OutputFile.requireFree(target, given);
    Trust trust = TrustStore.of(given).trust(Instant.now());
    byte[] signed = InputFile.read(name, PackageFormat.MAX_PACKAGE_BYTES);
    return switch (certified(signed, level, trust, given)) {
      case Verdict.Accepted<byte[]>(byte[] bytes) -> {
        Signing.write(given, target, bytes, "certified to level " + level.label(), out);
        yield ExitCode.OK;
      }
      case Verdict.Refused<byte[]>(List<Refusal> refusals) -> {
        new RefusalReport(refusals).printText(out);
        Verb.talk(given).println("npa: not certified; nothing was written");
        yield ExitCode.REFUSED;
      }
    };
  }

  private static Verdict<byte[]> certified(
      byte[] signed, AcceptanceLevel level, Trust trust, ParseResult given) throws IOException {
    return switch (admit(signed, trust, AcceptanceLevel.PARTNER)) {
      case Verdict.Refused<VerifiedPlugin>(List<Refusal> refusals) ->
          new Verdict.Refused<>(refusals);
      case Verdict.Accepted<VerifiedPlugin>(VerifiedPlugin plugin) -> {
        byte[] certified =
            Signing.sign(
                given,
                originAlgorithms(plugin),
                request -> PackageSigner.countersign(signed, level, request));
        yield admit(certified, trust, level).then(_ -> Verdict.accepted(certified));
      }
    };
  }

  /// Every gate, whatever level the owner of this host is content with.
  private static Verdict<VerifiedPlugin> admit(byte[] bytes, Trust trust, AcceptanceLevel level) {
    Trust wanting = trust.under(trust.policy().atLeast(level));
    return Gate.admit(bytes, wanting, Instant.now()).verdict();
  }

  private static Set<SignatureAlgorithm> originAlgorithms(VerifiedPlugin plugin) {
    return plugin.signatures().stream()
        .filter(signature -> signature.binding().role() == Role.ORIGIN)
        .map(PackageSignature::algorithm)
        .collect(Collectors.toSet());
  }

  private static Path target(ParseResult given, String name, AcceptanceLevel level)
      throws IOException {
    if (given.hasMatchedOption("--out")) {
      return InputFile.path(given.matchedOptionValue("--out", ""));
    }
    if (!name.endsWith(SignVerb.SIGNED)) {
      throw new UsageException(
          name + " does not end in " + SignVerb.SIGNED + "; name the output: --out");
    }
    String base = name.substring(0, name.length() - SignVerb.SIGNED.length());
    return InputFile.path(base + "." + level.label() + SignVerb.SIGNED);
  }

  private static AcceptanceLevel level(String text) {
    return switch (text) {
      case "accepted" -> AcceptanceLevel.ACCEPTED;
      case "certified" -> AcceptanceLevel.CERTIFIED;
      default ->
          throw new UsageException(LEVEL + " " + text + " is neither accepted nor certified");
    };
  }
}
