// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.world.Meter;

/// What is known of one value.
public sealed interface Value {

  /// What else it is known to equal now.
  Term equal();

  Value withEqual(Term term);

  /// An int or long.
  ///
  /// @param range where it lies
  /// @param equal an equation with a local or field
  /// @param atMost an upper bound by a local or field
  record Number(Width width, Interval range, Term equal, Term atMost) implements Value {
    public static final Number ZERO = constant(Width.INT, 0);
    static final Number ANY_INT = of(Width.INT, Interval.INT);
    static final Number ANY_LONG = of(Width.LONG, Interval.LONG);

    @Override
    public boolean equals(Object other) {
      return this == other
          || other instanceof Number that
              && width == that.width
              && range.equals(that.range)
              && equal.equals(that.equal)
              && atMost.equals(that.atMost);
    }

    @Override
    public int hashCode() {
      return 31 * range.hashCode() + equal.hashCode();
    }

    static Number of(Width width, Interval range) {
      return new Number(width, range, Term.NONE, Term.NONE);
    }

    static Number constant(Width width, long value) {
      return of(width, Interval.constant(value));
    }

    @Override
    public Number withEqual(Term term) {
      return new Number(width, range, term, atMost);
    }

    Number withAtMost(Term term) {
      return new Number(width, range, equal, term);
    }

    Number withRange(Interval other) {
      return new Number(width, other, equal, atMost);
    }

    /// How far it is from the local that it is near to; see [State#near].
    public long offset() {
      return equal.offset();
    }

    /// Whether no number of the range leaves the width when `offset` is added.
    boolean moves(long offset) {
      return fits(range.min(), offset) && fits(range.max(), offset);
    }

    private boolean fits(long number, long offset) {
      long sum = number + offset;
      return ((number ^ sum) & (offset ^ sum)) >= 0 && width.holds(sum);
    }

    @Override
    public String toString() {
      String type = width == Width.INT ? "int" : "long";
      return range.equals(Interval.all(width)) ? type : type + ' ' + range;
    }
  }

  /// A reference.
  ///
  /// @param mayBeNull whether it can be null
  /// @param mayBeThis in a constructor: whether it can be the object under construction
  /// @param length how long the array is if it is one, without relations if none is known
  record Reference(boolean mayBeNull, boolean mayBeThis, Number length, Term equal)
      implements Value {
    static final Number ANY_LENGTH = Number.of(Width.INT, Interval.of(0, Meter.ARRAY_ELEMENTS));
    static final Reference ANY = new Reference(true, false, ANY_LENGTH, Term.NONE);
    static final Reference NOT_NULL = new Reference(false, false, ANY_LENGTH, Term.NONE);

    @Override
    public boolean equals(Object other) {
      return this == other
          || other instanceof Reference that
              && mayBeNull == that.mayBeNull
              && mayBeThis == that.mayBeThis
              && length.equals(that.length)
              && equal.equals(that.equal);
    }

    @Override
    public int hashCode() {
      return 31 * length.hashCode() + equal.hashCode();
    }

    @Override
    public Reference withEqual(Term term) {
      return new Reference(mayBeNull, mayBeThis, length, term);
    }

    Reference notNull() {
      return mayBeNull ? new Reference(false, mayBeThis, length, equal) : this;
    }

    Reference withLength(Number other) {
      return new Reference(mayBeNull, mayBeThis, other, equal);
    }

    @Override
    public String toString() {
      String what =
          length.range().equals(ANY_LENGTH.range()) ? "reference" : "array of " + length.range();
      return what + (mayBeNull ? ", may be null" : ", not null");
    }
  }

  /// A float, a double, the second half of a wide local, or a local without a value.
  ///
  /// @param wide whether it takes two slots
  record Opaque(boolean wide) implements Value {
    static final Opaque ONE_SLOT = new Opaque(false);
    static final Opaque TWO_SLOTS = new Opaque(true);

    @Override
    public Term equal() {
      return Term.NONE;
    }

    @Override
    public Opaque withEqual(Term term) {
      return this;
    }
  }

  /// Whether it takes two slots.
  default boolean isWide() {
    return switch (this) {
      case Number number -> number.width() == Width.LONG;
      case Reference reference -> false;
      case Opaque opaque -> opaque.wide();
    };
  }
}
