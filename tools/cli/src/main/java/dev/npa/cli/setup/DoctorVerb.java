// SPDX-License-Identifier: MIT
package dev.npa.cli.setup;

import dev.npa.cli.ExitCode;
import dev.npa.cli.Options;
import dev.npa.cli.Teaching;
import dev.npa.cli.Verb;
import dev.npa.cli.files.InputFile;
import dev.npa.cli.keys.KeyOption;
import dev.npa.cli.trust.TrustStore;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `npa doctor`: whether this machine has what npa needs, and what to do where it has not.
public final class DoctorVerb implements Verb {
  private static final String PKCS11 = "--pkcs11";

  /// A clock before this program was written is wrong.
  private static final Instant WRITTEN = Instant.parse("2026-11-01T00:00:00Z");

  private final Supplier<List<String>> sandboxFaults;

  /// @param sandboxFaults why a plugin must not run in this JVM
  public DoctorVerb(Supplier<List<String>> sandboxFaults) {
    this.sandboxFaults = sandboxFaults;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("doctor");
    spec.usageMessage()
        .description(
            "Check that this machine has what npa needs.",
            "Java and its flags, clock, trust store, terminal; keys and PKCS#11 module if named."
                + " Ends with 1 if something is wrong, or will be within 30 days.");
    TrustStore.addOptionsTo(spec);
    KeyOption.addOptionalTo(spec, "Also look how long these keys are good.");
    spec.addOption(Options.text(PKCS11, "CONFIG", "Also load this PKCS#11 configuration."));
    Teaching.examples(
        spec, "npa doctor", "npa doctor --key acme.p12", "npa doctor --pkcs11 hsm.cfg --as guest");
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return false;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
    Instant now = Instant.now();
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    findings.addAll(sandbox());
    findings.add(algorithm("SHA384withECDSA"));
    findings.add(algorithm("ML-DSA-65"));
    findings.add(
        now.isAfter(WRITTEN)
            ? Finding.good("clock", now.toString())
            : Finding.wrong("clock", now + "; set the clock"));
    findings.addAll(new TrustHealth(TrustStore.of(given), now).findings());
    findings.addAll(keys(given, now));
    if (given.hasMatchedOption(PKCS11)) {
      findings.add(pkcs11(given.matchedOptionValue(PKCS11, "")));
    }
    findings.add(terminal());
    findings.forEach(finding -> finding.print(out));
    return findings.stream().allMatch(Finding::good) ? ExitCode.OK : ExitCode.REFUSED;
  }

  private static Finding java() {
    String version = Runtime.version().toString();
    return Runtime.version().feature() == 25
        ? Finding.good("java", version)
        : Finding.wrong("java", version + "; install a JDK 25");
  }

  private List<Finding> sandbox() {
    List<String> faults = sandboxFaults.get();
    return faults.isEmpty()
        ? List.of(Finding.good("sandbox", "the JVM's flags are those it relies on"))
        : faults.stream().map(fault -> Finding.wrong("sandbox", fault)).toList();
  }

  private static Finding algorithm(String name) {
    try {
      return Finding.good(name, "by " + Signature.getInstance(name).getProvider().getName());
    } catch (NoSuchAlgorithmException _) {
      return Finding.wrong(name, "missing; use a JDK 25 with its own providers");
    }
  }

  /// A wrong password is for the user to know at once, not one finding among others.
  private static List<Finding> keys(ParseResult given, Instant now) throws IOException {
    try {
      return KeyOption.certificates(given).entrySet().stream()
          .map(
              key ->
                  Finding.lasting(
                      "key",
                      key.getKey(),
                      key.getValue().getNotAfter().toInstant(),
                      now,
                      "run npa keys rotate"))
          .toList();
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot read the keys: " + e.getMessage(), e);
    }
  }

  private static Finding pkcs11(String name) throws IOException {
    Provider template = Security.getProvider("SunPKCS11");
    if (template == null) {
      return Finding.wrong("PKCS#11", "this Java has no provider for it (jdk.crypto.cryptoki)");
    }
    Path file = InputFile.path(name);
    if (!Files.isReadable(file)) {
      return Finding.wrong("PKCS#11", name + ": cannot be read");
    }
    try {
      return Finding.good("PKCS#11", template.configure(file.toString()).getInfo());
    } catch (RuntimeException e) { // whatever a native module makes of it
      return Finding.wrong("PKCS#11", name + ": " + e.getMessage());
    }
  }

  private static Finding terminal() {
    boolean there = Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return Finding.good(
        "terminal",
        there
            ? "can ask for passwords"
            : "none; give passwords by --password-file or --password-env");
  }
}
