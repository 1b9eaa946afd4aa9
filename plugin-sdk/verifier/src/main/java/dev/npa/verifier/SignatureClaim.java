// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a signature says about itself. Not checked; for display only.
///
/// @param certificates of the signer, the leaf first
/// @param timestamp what its RFC 3161 token says, if it has one
public record SignatureClaim(
    SignatureAlgorithm algorithm,
    PluginBinding binding,
    List<X509Certificate> certificates,
    Instant signingTime,
    Optional<Instant> timestamp,
    byte[] value) {

  public SignatureClaim {
    certificates = List.copyOf(certificates);
    value = value.clone();
  }

  /// A copy of the signature itself, which is what a timestamp is about.
  @Override
  public byte[] value() {
    return value.clone();
  }
}
