// SPDX-License-Identifier: MIT
package dev.npa.cli.setup;

import dev.npa.cli.ExitCode;
import dev.npa.cli.Options;
import dev.npa.cli.Teaching;
import dev.npa.cli.Verb;
import dev.npa.cli.files.InputFile;
import dev.npa.cli.trust.TrustStore;
import dev.npa.verifier.trust.Trust;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `npa doctor`: whether this machine has what npa needs, and what to do where it has not.
public final class DoctorVerb implements Verb {
  private static final String PKCS11 = "--pkcs11";
  private static final Duration SOON = Duration.ofDays(30);

  /// A clock before this program was written is wrong.
  private static final Instant WRITTEN = Instant.parse("2026-11-01T00:00:00Z");

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("doctor");
    spec.usageMessage()
        .description(
            "Check that this machine has what npa needs.",
            "Java, clock, trust store, PKCS#11 module, terminal. Ends with 1 if something is"
                + " wrong.");
    TrustStore.addOptionsTo(spec);
    spec.addOption(Options.text(PKCS11, "CONFIG", "Also load this PKCS#11 configuration."));
    Teaching.examples(spec, "npa doctor", "npa doctor --pkcs11 hsm.cfg --as guest");
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return false;
  }

  /// One thing looked at.
  private record Finding(boolean good, String what, String said) {}

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
    Instant now = Instant.now();
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    findings.add(algorithm("SHA384withECDSA"));
    findings.add(algorithm("ML-DSA-65"));
    findings.add(
        new Finding(
            now.isAfter(WRITTEN), "clock", now + (now.isAfter(WRITTEN) ? "" : "; set the clock")));
    findings.addAll(trust(TrustStore.of(given), now));
    findings.add(pkcs11(given));
    findings.add(
        new Finding(
            true,
            "terminal",
            Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
                ? "can ask for passwords"
                : "none; give passwords by --password-file or --password-env"));
    for (Finding finding : findings) {
      out.printf(
          "%-9s %-16s %s%n", finding.good() ? "ok" : "WRONG", finding.what(), finding.said());
    }
    return findings.stream().allMatch(Finding::good) ? ExitCode.OK : ExitCode.REFUSED;
  }

  private static Finding java() {
    int feature = Runtime.version().feature();
    return new Finding(
        feature == 25, "java", Runtime.version() + (feature == 25 ? "" : "; install a JDK 25"));
  }

  private static Finding algorithm(String name) {
    try {
      return new Finding(true, name, "by " + Signature.getInstance(name).getProvider().getName());
    } catch (NoSuchAlgorithmException _) {
      return new Finding(false, name, "missing; use a JDK 25 with its own providers");
    }
  }

  private static List<Finding> trust(TrustStore store, Instant now) {
    List<Finding> findings = new ArrayList<>();
    Trust trust;
    try {
      trust = store.trust(now);
    } catch (IOException e) {
      return List.of(new Finding(false, "trust store", String.valueOf(e.getMessage())));
    }
    findings.add(
        new Finding(
            true,
            "trust store",
            "%s, minimum level %s"
                .formatted(store.directory(), trust.policy().minimumLevel().label())));
    trust
        .bundle()
        .ifPresent(
            bundle -> {
              Instant end = bundle.contents().expires();
              boolean fresh = now.plus(SOON).isBefore(end);
              String age = Duration.between(bundle.contents().issued(), now).toDays() + " days old";
              findings.add(
                  new Finding(
                      fresh,
                      "trust bundle",
                      "#%d, %s, expires %s%s"
                          .formatted(
                              bundle.contents().serial(),
                              age,
                              end,
                              fresh ? "" : "; run npa trust update")));
            });
    for (X509Certificate root :
        Stream.concat(trust.platformRoots().stream(), trust.enrolled().stream()).toList()) {
      Instant end = root.getNotAfter().toInstant();
      boolean fresh = now.plus(SOON).isBefore(end);
      findings.add(new Finding(fresh, "root", root.getSubjectX500Principal() + " expires " + end));
    }
    return findings;
  }

  private static Finding pkcs11(ParseResult given) throws IOException {
    Provider template = Security.getProvider("SunPKCS11");
    if (!given.hasMatchedOption(PKCS11)) {
      return new Finding(
          true, "PKCS#11", template == null ? "no provider in this Java" : "not asked for");
    }
    String name = given.matchedOptionValue(PKCS11, "");
    Path file = InputFile.path(name);
    if (!Files.isReadable(file)) {
      return new Finding(false, "PKCS#11", name + ": cannot be read");
    }
    try {
      return new Finding(true, "PKCS#11", template.configure(file.toString()).getInfo());
    } catch (RuntimeException e) { // whatever a native module makes of it
      return new Finding(false, "PKCS#11", name + ": " + e.getMessage());
    }
  }
}
