// SPDX-License-Identifier: MIT
package dev.npa.verifier.archive;

import dev.npa.verifier.SignatureAlgorithm;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The manifest's own word on which signatures the package must carry, `v1; origin=EC-P384`: signed
/// itself, so that a signature that is taken away leaves a contradiction behind.
public final class SignaturePromise {

  private static final String START = "v1; origin=";

  private SignaturePromise() {}

  /// @throws IllegalArgumentException if nothing is promised
  public static String write(Set<SignatureAlgorithm> algorithms) {
    if (algorithms.isEmpty()) {
      throw new IllegalArgumentException("a promise of no signature");
    }
    return START
        + EnumSet.copyOf(algorithms).stream()
            .map(SignatureAlgorithm::label)
            .collect(Collectors.joining("+"));
  }

  /// Empty if the text is not one that {@link #write} gives.
  static Optional<Set<SignatureAlgorithm>> read(String text) {
    Set<SignatureAlgorithm> algorithms = EnumSet.noneOf(SignatureAlgorithm.class);
    if (text.startsWith(START)) {
      for (String label : text.substring(START.length()).split("\\+", -1)) {
        SignatureAlgorithm.ofLabel(label).ifPresent(algorithms::add);
      }
    }
    return !algorithms.isEmpty() && write(algorithms).equals(text)
        ? Optional.of(Collections.unmodifiableSet(algorithms))
        : Optional.empty();
  }
}
