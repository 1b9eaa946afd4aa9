// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import java.util.Optional;

/// The signature algorithms of the package format, in the order in which a manifest names them.
public enum SignatureAlgorithm {
  /// ECDSA on curve P-384 with SHA-384 (FIPS 186-5, RFC 5753).
  EC_P384("EC-P384"),
  /// ML-DSA-65 (FIPS 204, RFC 9882); signed attributes and content are digested with SHA-512.
  ML_DSA_65("ML-DSA-65");

  private final String label;

  SignatureAlgorithm(String label) {
    this.label = label;
  }

  /// The name in manifests, policies and trust bundles.
  public String label() {
    return label;
  }

  public static Optional<SignatureAlgorithm> ofLabel(String label) {
    for (SignatureAlgorithm algorithm : values()) {
      if (algorithm.label.equals(label)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }
}
