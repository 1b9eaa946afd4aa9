// SPDX-License-Identifier: MIT
package dev.npa.verifier;

import java.util.List;
import java.util.function.Function;

/// What a gate says: either the stronger type that only it can make, or every reason why not.
public sealed interface Verdict<T> {

  /// The gate's proof, carried by its type.
  record Accepted<T>(T value) implements Verdict<T> {}

  /// At least one refusal, in the order found.
  record Refused<T>(List<Refusal> refusals) implements Verdict<T> {
    public Refused {
      refusals = List.copyOf(refusals);
      if (refusals.isEmpty()) {
        throw new IllegalArgumentException("a refusal without a reason");
      }
    }
  }

  static <T> Verdict<T> accepted(T value) {
    return new Accepted<>(value);
  }

  static <T> Verdict<T> refused(Refusal... refusals) {
    return new Refused<>(List.of(refusals));
  }

  /// Goes on to the next gate, or carries the refusals along.
  default <R> Verdict<R> then(Function<T, Verdict<R>> nextGate) {
    return switch (this) {
      case Accepted<T>(T value) -> nextGate.apply(value);
      case Refused<T>(List<Refusal> refusals) -> new Refused<>(refusals);
    };
  }
}
