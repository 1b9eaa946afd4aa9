// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import java.time.Instant;
import java.util.Optional;

/// One signature on a package, as the gate found it good.
///
/// @param signer subject of the signing certificate, RFC 2253, fit for a log line
/// @param holder who may sign with it, as the certificate's limits say
/// @param signingTime when the signer says it signed
/// @param timestamp what a trusted timestamp authority says, if the signature has its token
public record PackageSignature(
    SignatureAlgorithm algorithm,
    PluginBinding binding,
    String signer,
    String holder,
    Instant signingTime,
    Optional<Timestamp> timestamp) {

  /// @param authority subject of the timestamp authority's certificate
  public record Timestamp(Instant time, String authority) {}
}
