// SPDX-License-Identifier: MIT
package dev.npa.cli.keys;

import dev.npa.cli.ExitCode;
import dev.npa.cli.Options;
import dev.npa.cli.Teaching;
import dev.npa.cli.UsageException;
import dev.npa.cli.Verb;
import dev.npa.cli.files.InputFile;
import dev.npa.cli.files.OutputFile;
import dev.npa.cli.files.OutputFile.Audience;
import dev.npa.verifier.SignatureAlgorithm;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `npa keys new`: keys of a vendor, for development or to be certified by a real authority.
final class NewKeyVerb implements Verb {
  private static final String DEV = "--dev";
  private static final String AUTHORITY = "--authority";

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("new");
    spec.usageMessage()
        .description(
            "Make signing keys in a new PKCS#12 file that only you can read.",
            "With --dev they come with"
                + " a development authority of your own, whose root is written beside them;"
                + " what such keys sign is of level community, on hosts whose owner enrols that"
                + " root. Without --dev, go on with npa keys csr.",
            "pkcs11:CONFIG[#ALIAS] makes a P-384 key in a PKCS#11 token, which never leaves it.");
    Options.positional(
        spec, "FILE", "1", "The key store to make, for instance acme.p12; or a token.");
    spec.addOption(
        OptionSpec.builder(DEV)
            .type(boolean.class)
            .description("Make a development authority too.")
            .build());
    spec.addOption(
        Options.text(
            AUTHORITY,
            "STORE",
            "Have the development authority in another key store, of the same password, certify"
                + " these keys."));
    Identity.addOptionsTo(spec);
    Password.options().forEach(spec::addOption);
    spec.addOption(OutputFile.overwriteOption());
    Teaching.examples(
        spec,
        "npa keys new acme.p12 --dev --vendor acme --pci 8086 --packages com.acme",
        "npa keys new acme.p12 --vendor acme --pci 8086 --packages com.acme \\",
        "    --algorithms EC-P384,ML-DSA-65",
        "npa keys new pkcs11:hsm.cfg#release --vendor acme --pci 8086 --packages com.acme",
        "npa keys new lab.p12 --dev --vendor lab --use certification",
        "npa keys new bundles.p12 --authority lab.p12 --vendor lab --use bundle");
    return spec;
  }

  @Override
  public boolean runsVendorCode() {
    return false;
  }

  @Override
  public ExitCode run(ParseResult given, PrintWriter out) throws IOException {
    String name = given.matchedPositionalValue(0, "");
    Identity identity = Identity.of(given);
    boolean dev = given.hasMatchedOption(DEV);
    boolean authority = given.hasMatchedOption(AUTHORITY);
    if (dev && authority) {
      throw new UsageException(DEV + " and " + AUTHORITY + " are one too many");
    }
    if (identity.use() == KeyUse.ORIGIN
        && (identity.holder().pciVendors().isEmpty() || identity.holder().packages().isEmpty())) {
      throw new UsageException("give --pci and --packages: what the keys may sign");
    }
    KeyOption.Named named = KeyOption.Named.parse(name);
    if (named.token()) {
      if (dev || authority) {
        throw new UsageException("a token's key is certified by npa keys csr and npa keys import");
      }
      return inToken(named, identity, given, out);
    }
    Path file = InputFile.path(name);
    Path rootFile = rootFile(file);
    OutputFile.requireFree(file, given);
    if (dev) {
      OutputFile.requireFree(rootFile, given);
    }
    try (Password password = Password.choose(given, name)) {
      KeyStoreFile store = KeyStoreFile.empty(name, password);
      List<X509Certificate> roots = new ArrayList<>();
      Instant now = Instant.now();
      List<KeyEntry> issuers = issuers(given, password);
      for (SignatureAlgorithm algorithm : identity.algorithms()) {
        if (authority) {
          KeyEntry issuer =
              DevelopmentKeys.authorityIn(issuers, algorithm)
                  .orElseThrow(
                      () ->
                          new IOException(
                              given.matchedOptionValue(AUTHORITY, "")
                                  + ": no development authority for "
                                  + algorithm.label()));
          store.put(DevelopmentKeys.leaf(issuer, identity, algorithm, now));
        } else if (dev) {
          DevelopmentKeys keys = DevelopmentKeys.make(identity, algorithm, now);
          store.put(keys.authority());
          store.put(keys.leaf());
          roots.add(keys.authority().certificate());
        } else {
          store.put(DevelopmentKeys.uncertified(identity, algorithm, now));
        }
      }
      store.save(file, OutputFile.mayOverwrite(given));
      out.println(name + ": " + KeyList.words(store.entries().size(), "key"));
      if (dev) {
        OutputFile.write(
            rootFile, Pem.encode(roots), Audience.EVERYONE, OutputFile.mayOverwrite(given));
        out.println(rootFile + ": root of level community");
      }
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot make keys: " + e.getMessage(), e);
    }
    Verb.talk(given)
        .println(
            authority
                ? "next: npa keys list --key " + name
                : dev
                    ? "next: npa trust add " + rootFile + "; npa build CLASSES"
                    : "next: npa keys csr --key " + name);
    return ExitCode.OK;
  }

  private static ExitCode inToken(
      KeyOption.Named named, Identity identity, ParseResult given, PrintWriter out)
      throws IOException {
    if (!identity.algorithms().equals(Set.of(SignatureAlgorithm.EC_P384))) {
      throw new UsageException("Java's PKCS#11 provider has no ML-DSA; give EC-P384 alone");
    }
    String alias =
        named.alias().isEmpty() ? DevelopmentKeys.alias(SignatureAlgorithm.EC_P384) : named.alias();
    try (Password pin = Password.ask(given, named.store())) {
      Token token = Token.open(named.store(), pin);
      token.generate(alias, identity, Instant.now());
      out.println(token.name() + ": 1 key, " + alias);
      Verb.talk(given).println("next: npa keys csr --key " + token.name() + "#" + alias);
      return ExitCode.OK;
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot make a key: " + e.getMessage(), e);
    }
  }

  /// The keys of the store that is to issue, which has the same password; none if not wanted.
  private static List<KeyEntry> issuers(ParseResult given, Password password)
      throws IOException, GeneralSecurityException {
    return given.hasMatchedOption(AUTHORITY)
        ? KeyStoreFile.open(given.matchedOptionValue(AUTHORITY, ""), password).entries()
        : List.of();
  }

  /// `acme.p12` has `acme.root.pem` beside it.
  private static Path rootFile(Path store) {
    String name = store.getFileName().toString();
    String base = name.endsWith(".p12") ? name.substring(0, name.length() - 4) : name;
    return store.resolveSibling(base + ".root.pem");
  }
}
