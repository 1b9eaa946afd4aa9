// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.value.Value.Number;
import dev.npa.verifier.bytecode.value.Value.Opaque;
import dev.npa.verifier.bytecode.value.Value.Reference;
import java.lang.reflect.Array;
import java.math.BigInteger;
import java.util.Optional;

/// Compares what the analysis says of a place with what is there when a program gets to it.
public final class Claims {
  private final State state;
  private final Memory memory;

  /// What a running program holds: Integer, Long, arrays, other objects, and an empty Optional for
  /// null or for what is not an integer or reference.
  public interface Memory {
    Optional<Object> local(int index);

    /// Counted from the top.
    Optional<Object> stack(int below);

    /// A field of an own object, or the constant answer of one of the shell's.
    Optional<Object> member(Object object, String member);
  }

  private Claims(State state, Memory memory) {
    this.state = state;
    this.memory = memory;
  }

  /// All numbers from one to another, for tests of who works with intervals.
  public static Interval between(long min, long max) {
    return Interval.of(min, max);
  }

  /// A copy that stays valid.
  public static State kept(State state) {
    return state.copy();
  }

  /// The first claim that is not true, if any.
  public static Optional<String> broken(State state, Memory memory) {
    return new Claims(state, memory).broken();
  }

  private Optional<String> broken() {
    for (int i = 0; i < state.locals(); i++) {
      Optional<String> broken = broken("local " + i, state.local(i), memory.local(i));
      if (broken.isPresent()) {
        return broken;
      }
    }
    for (int i = 0; i < state.depth(); i++) {
      Optional<String> broken = broken("stack " + i, state.top(i), memory.stack(i));
      if (broken.isPresent()) {
        return broken;
      }
    }
    for (int i = 0; i < state.fields().size(); i++) {
      int symbol = state.fields().symbol(i);
      Optional<String> broken =
          broken(state.symbols().member(symbol), state.fields().value(i), standsFor(symbol));
      if (broken.isPresent()) {
        return broken;
      }
    }
    return Optional.empty();
  }

  private Optional<String> broken(String place, Value claimed, Optional<Object> there) {
    boolean holds =
        switch (claimed) {
          case Number number -> holds(number, there);
          case Reference reference -> holds(reference, there);
          case Opaque opaque -> true;
        };
    return holds
        ? Optional.empty()
        : Optional.of(
            place
                + " is claimed to be "
                + claimed
                + " = "
                + claimed.equal()
                + " and holds "
                + there.orElse("nothing"));
  }

  private boolean holds(Number claimed, Optional<Object> there) {
    if (there.isEmpty()) {
      return false;
    }
    boolean type = there.get() instanceof Integer == (claimed.width() == Width.INT);
    long number = integer(there.get());
    return type
        && claimed.range().contains(number)
        && equals(claimed, number)
        && isAtMost(claimed.atMost(), number);
  }

  private boolean equals(Number claimed, long number) {
    if (!claimed.equal().isKnown()) {
      return true;
    }
    Optional<Object> other = standsFor(claimed.equal().symbol());
    long sum = other.isEmpty() ? number : integer(other.get()) + claimed.equal().offset();
    return claimed.width() == Width.INT ? (int) sum == number : sum == number;
  }

  private boolean isAtMost(Term bound, long number) {
    if (!bound.isKnown()) {
      return true;
    }
    Optional<Object> other = standsFor(bound.symbol());
    return other.isEmpty()
        || BigInteger.valueOf(number)
                .compareTo(
                    BigInteger.valueOf(integer(other.get()))
                        .add(BigInteger.valueOf(bound.offset())))
            <= 0;
  }

  @SuppressWarnings("ReferenceEquality") // the claim is that it is the same object
  private boolean holds(Reference claimed, Optional<Object> there) {
    if (there.isEmpty()) {
      return claimed.mayBeNull();
    }
    if (there.get() instanceof Integer || there.get() instanceof Long) {
      return false;
    }
    if (claimed.equal().isKnown()) {
      Optional<Object> other = standsFor(claimed.equal().symbol());
      if (other.isPresent() && other.get() != there.get()) {
        return false;
      }
    }
    return !there.get().getClass().isArray()
        || holds(claimed.length(), Optional.of(Array.getLength(there.get())));
  }

  /// What a symbol stands for now; empty if that cannot be told.
  private Optional<Object> standsFor(int symbol) {
    Symbols symbols = state.symbols();
    if (symbols.isLocal(symbol)) {
      return memory.local(symbol);
    }
    Optional<Object> parent = standsFor(symbols.parent(symbol));
    String member = symbols.member(symbol);
    if (parent.isPresent() && member.equals(Facts.LENGTH)) {
      return Optional.of(Array.getLength(parent.get()));
    }
    return parent.flatMap(object -> memory.member(object, member));
  }

  private static long integer(Object value) {
    return ((java.lang.Number) value).longValue();
  }
}
