// SPDX-License-Identifier: MIT
package dev.npa.cli.keys;

import dev.npa.cli.UsageException;
import dev.npa.verifier.SignatureAlgorithm;
import dev.npa.verifier.packaging.SigningKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `--key`: which private keys a verb works with. `FILE` or `pkcs12:FILE` is a PKCS#12 file,
/// `pkcs11:CONFIG` a token; `#ALIAS` behind it takes one key of several.
public final class KeyOption {
  private static final String NAME = "--key";
  private static final String PKCS12 = "pkcs12:";
  private static final String PKCS11 = "pkcs11:";

  private KeyOption() {}

  /// Adds the option and those of its password.
  public static void addTo(CommandSpec spec) {
    addTo(spec, true, "");
  }

  /// Adds them for a verb that works without keys too.
  ///
  /// @param purpose what the keys are for, a sentence
  public static void addOptionalTo(CommandSpec spec, String purpose) {
    addTo(spec, false, purpose + " ");
  }

  private static void addTo(CommandSpec spec, boolean required, String purpose) {
    spec.addOption(
        OptionSpec.builder(NAME)
            .paramLabel("KEYS[#ALIAS]")
            .type(String.class)
            .required(required)
            .description(
                purpose
                    + "PKCS#12 file, or pkcs11:CONFIG with the configuration file of a PKCS#11"
                    + " token; #ALIAS takes one of its keys.")
            .build());
    Password.options().forEach(spec::addOption);
  }

  /// The certificates of the keys that the option names, by alias; none if it was not given.
  ///
  /// @throws IOException if the store cannot be read
  public static SortedMap<String, X509Certificate> certificates(ParseResult given)
      throws IOException, GeneralSecurityException {
    SortedMap<String, X509Certificate> certificates = new TreeMap<>();
    if (given.hasMatchedOption(NAME)) {
      Named named = named(given);
      try (Password password = Password.ask(given, named.store())) {
        entries(open(named, password), named)
            .forEach(entry -> certificates.put(entry.alias(), entry.certificate()));
      }
    }
    return certificates;
  }

  /// The keys that the option names, one for each wanted algorithm.
  ///
  /// @throws IOException if the store cannot be read, or has no key or several of an algorithm
  public static List<SigningKey> signingKeys(ParseResult given, Set<SignatureAlgorithm> wanted)
      throws IOException, GeneralSecurityException {
    Named named = named(given);
    List<KeyEntry> entries;
    try (Password password = Password.ask(given, named.store())) {
      entries =
          entries(open(named, password), named).stream().filter(e -> !e.isAuthority()).toList();
    }
    List<SigningKey> keys = new ArrayList<>();
    for (SignatureAlgorithm algorithm : wanted) {
      List<KeyEntry> fitting =
          entries.stream().filter(e -> e.algorithm().equals(Optional.of(algorithm))).toList();
      if (fitting.size() != 1) {
        throw new IOException(
            "%s: %s for %s; %s"
                .formatted(
                    named.store(),
                    KeyList.words(fitting.size(), "signing key"),
                    algorithm.label(),
                    fitting.isEmpty()
                        ? "npa keys list shows what there is"
                        : "take one by #ALIAS: " + fitting.stream().map(KeyEntry::alias).toList()));
      }
      KeyEntry key = fitting.getFirst();
      if (key.isUncertified()) {
        throw new IOException(
            named.store()
                + ": no authority has certified "
                + key.alias()
                + " yet; npa keys csr asks one, npa keys import takes its answer");
      }
      keys.add(key.signingKey());
    }
    return keys;
  }

  /// The store that the option names.
  static Named named(ParseResult given) {
    return Named.parse(given.matchedOptionValue(NAME, ""));
  }

  static KeySource open(Named named, Password password)
      throws IOException, GeneralSecurityException {
    return named.token()
        ? Token.open(named.store(), password)
        : KeyStoreFile.open(named.store(), password);
  }

  /// The keys under the alias, or all if none was named.
  static List<KeyEntry> entries(KeySource source, Named named)
      throws IOException, GeneralSecurityException {
    List<KeyEntry> all = source.entries();
    if (named.alias().isEmpty()) {
      return all;
    }
    List<KeyEntry> chosen =
        all.stream().filter(entry -> entry.alias().equalsIgnoreCase(named.alias())).toList();
    if (chosen.isEmpty()) {
      throw new IOException(
          source.name()
              + ": no key "
              + named.alias()
              + "; there are "
              + all.stream().map(KeyEntry::alias).toList());
    }
    return chosen;
  }

  /// What the option's text says.
  ///
  /// @param store file of keys, or configuration of a token
  /// @param alias empty if none was given
  record Named(boolean token, String store, String alias) {
    static Named parse(String text) {
      boolean token = text.startsWith(PKCS11);
      String rest =
          token
              ? text.substring(PKCS11.length())
              : text.startsWith(PKCS12) ? text.substring(PKCS12.length()) : text;
      int hash = rest.lastIndexOf('#');
      String store = hash < 0 ? rest : rest.substring(0, hash);
      if (store.isEmpty()) {
        throw new UsageException(NAME + " " + text + " names no file");
      }
      return new Named(token, store, hash < 0 ? "" : rest.substring(hash + 1));
    }
  }
}
