// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import dev.npa.verifier.SignatureAlgorithm;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// A private key with the certificates that lead from it towards a root.
///
/// @param chain the key's own certificate, then its intermediates; not the root
public record SigningKey(PrivateKey privateKey, List<X509Certificate> chain) {

  /// @throws IllegalArgumentException if `chain` is empty
  public SigningKey {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a signing key without a certificate");
    }
  }

  /// @throws IllegalArgumentException if it is no key that signs packages
  public SignatureAlgorithm algorithm() {
    return KeyPairs.algorithm(chain.getFirst().getPublicKey());
  }

  /// Names the key's owner, never the key.
  @Override
  public String toString() {
    return "SigningKey[" + chain.getFirst().getSubjectX500Principal() + "]";
  }
}
