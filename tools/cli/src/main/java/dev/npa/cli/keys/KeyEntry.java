// SPDX-License-Identifier: MIT
package dev.npa.cli.keys;

import dev.npa.verifier.SignatureAlgorithm;
import dev.npa.verifier.packaging.KeyPairs;
import dev.npa.verifier.packaging.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One private key under its name in a store.
///
/// @param chain the key's own certificate first; the root may be in it
record KeyEntry(String alias, PrivateKey privateKey, List<X509Certificate> chain) {

  /// The key under an alias of a store; empty if it is no private key, as a cipher's is not, or has
  /// no certificate: such a key signs no package.
  static Optional<KeyEntry> of(KeyStore store, String alias, Password password)
      throws GeneralSecurityException {
    Certificate[] path = store.getCertificateChain(alias);
    if (path == null
        || !(store.getKey(alias, password.characters()) instanceof PrivateKey privateKey)) {
      return Optional.empty();
    }
    List<X509Certificate> chain =
        Stream.of(path).map(certificate -> (X509Certificate) certificate).toList();
    return Optional.of(new KeyEntry(alias, privateKey, chain));
  }

  X509Certificate certificate() {
    return chain.getFirst();
  }

  /// By which algorithm of the package format the key signs; empty if by none.
  Optional<SignatureAlgorithm> algorithm() {
    try {
      return Optional.of(KeyPairs.algorithm(certificate().getPublicKey()));
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // an RSA key, for instance
    }
  }

  boolean isAuthority() {
    return certificate().getBasicConstraints() >= 0;
  }

  /// Whether the certificate is by the key itself and only holds the place of one by an authority.
  boolean isUncertified() {
    X509Certificate certificate = certificate();
    return !isAuthority()
        && chain.size() == 1
        && certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  /// A signature carries the way to the root and not the root: whoever verifies has it, or has no
  /// reason to believe it.
  SigningKey signingKey() {
    X509Certificate last = chain.getLast();
    boolean endsInRoot =
        chain.size() > 1 && last.getSubjectX500Principal().equals(last.getIssuerX500Principal());
    return new SigningKey(privateKey, endsInRoot ? chain.subList(0, chain.size() - 1) : chain);
  }

  /// Never the key.
  @Override
  public String toString() {
    return alias + " (" + certificate().getSubjectX500Principal() + ")";
  }
}
