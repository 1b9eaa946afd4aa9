// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import dev.npa.verifier.SignatureAlgorithm;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who signs, when, and who states the time.
///
/// @param keys one of each algorithm at most, at least one
/// @param signingTime what the signatures will say; whole seconds count
public record SigningRequest(
    List<SigningKey> keys, Instant signingTime, Optional<TimestampSource> timestamps) {

  /// @throws IllegalArgumentException if there is no key, or there are two of one algorithm
  public SigningRequest {
    keys = List.copyOf(keys);
    if (keys.isEmpty()
        || keys.stream().map(SigningKey::algorithm).distinct().count() < keys.size()) {
      throw new IllegalArgumentException("one key of each algorithm at most, not " + keys);
    }
  }

  public static SigningRequest of(Instant signingTime, SigningKey... keys) {
    return new SigningRequest(List.of(keys), signingTime, Optional.empty());
  }

  public SigningRequest timestampedBy(TimestampSource source) {
    return new SigningRequest(keys, signingTime, Optional.of(source));
  }

  Set<SignatureAlgorithm> algorithms() {
    Set<SignatureAlgorithm> algorithms = EnumSet.noneOf(SignatureAlgorithm.class);
    keys.forEach(key -> algorithms.add(key.algorithm()));
    return algorithms;
  }

  Optional<SigningKey> key(SignatureAlgorithm algorithm) {
    return keys.stream().filter(key -> key.algorithm() == algorithm).findFirst();
  }
}
