// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import java.io.IOException;
import java.security.GeneralSecurityException;

/// Where RFC 3161 timestamps come from.
@FunctionalInterface
public interface TimestampSource {

  /// @param signature the bytes whose existence is to be stated
  /// @return a TimeStampToken, DER
  /// @throws IOException if the authority cannot be reached, or refuses
  /// @throws GeneralSecurityException if the answer is not about `signature`, or cannot be made
  byte[] token(byte[] signature) throws IOException, GeneralSecurityException;
}
