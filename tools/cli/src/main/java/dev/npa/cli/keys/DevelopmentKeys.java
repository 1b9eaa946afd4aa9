// SPDX-License-Identifier: MIT
package dev.npa.cli.keys;

import dev.npa.verifier.SignatureAlgorithm;
import dev.npa.verifier.packaging.CertificateIssuer;
import dev.npa.verifier.packaging.KeyPairs;
import dev.npa.verifier.packaging.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A development authority and a vendor's key below it, both by one algorithm.
record DevelopmentKeys(KeyEntry authority, KeyEntry leaf) {
  private static final Duration ROOT_VALIDITY = Duration.ofDays(3 * 365);

  /// Below the 460 days that public authorities may give to code-signing certificates.
  private static final Duration LEAF_VALIDITY = Duration.ofDays(365);

  /// Clocks differ: valid a little before now.
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  static DevelopmentKeys make(Identity identity, SignatureAlgorithm algorithm, Instant now)
      throws GeneralSecurityException {
    CertificateIssuer root =
        CertificateIssuer.root(
            "NPA development root of " + identity.holder().name() + " (community)",
            algorithm,
            now.minus(TOLERANCE),
            now.plus(ROOT_VALIDITY));
    KeyEntry authority =
        new KeyEntry(authorityAlias(algorithm), root.key(), List.of(root.certificate()));
    return new DevelopmentKeys(authority, leaf(authority, identity, algorithm, now));
  }

  /// A new key of the vendor below an authority that is there.
  static KeyEntry leaf(
      KeyEntry authority, Identity identity, SignatureAlgorithm algorithm, Instant now)
      throws GeneralSecurityException {
    CertificateIssuer root =
        new CertificateIssuer(authority.privateKey(), authority.certificate(), List.of());
    SigningKey key =
        root.key(
            identity.holder().name(),
            identity.use().certificateUse(identity.holder()),
            now.minus(TOLERANCE),
            now.plus(LEAF_VALIDITY));
    List<X509Certificate> chain = new ArrayList<>(key.chain());
    chain.add(authority.certificate());
    return new KeyEntry(alias(algorithm), key.privateKey(), chain);
  }

  /// A key with a certificate by itself, which nobody trusts: it holds the place until a real
  /// authority has issued one, and says what is to be asked for.
  static KeyEntry uncertified(Identity identity, SignatureAlgorithm algorithm, Instant now)
      throws GeneralSecurityException {
    return uncertified(alias(algorithm), KeyPairs.generate(algorithm), identity, now);
  }

  static KeyEntry uncertified(String alias, KeyPair keys, Identity identity, Instant now)
      throws GeneralSecurityException {
    X509Certificate placeholder =
        CertificateIssuer.selfSigned(
            identity.holder().name(),
            keys,
            identity.use().certificateUse(identity.holder()),
            now.minus(TOLERANCE),
            now.plus(LEAF_VALIDITY));
    return new KeyEntry(alias, keys.getPrivate(), List.of(placeholder));
  }

  /// The development authority among the keys of a store.
  static Optional<KeyEntry> authorityIn(List<KeyEntry> store, SignatureAlgorithm algorithm) {
    String alias = authorityAlias(algorithm);
    return store.stream().filter(e -> e.isAuthority() && e.alias().equals(alias)).findFirst();
  }

  static String alias(SignatureAlgorithm algorithm) {
    return algorithm.label().toLowerCase(Locale.ROOT);
  }

  static String authorityAlias(SignatureAlgorithm algorithm) {
    return alias(algorithm) + "-authority";
  }
}
