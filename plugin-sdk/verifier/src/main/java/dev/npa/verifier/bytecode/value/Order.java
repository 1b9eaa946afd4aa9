// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.value.Value.Number;
import dev.npa.verifier.bytecode.value.Value.Opaque;
import dev.npa.verifier.bytecode.value.Value.Reference;
import java.util.Optional;
import java.util.OptionalLong;

/// The order of the domain: what includes what, the least that includes two, and how to get there
/// in few steps.
final class Order {
  private Order() {}

  /// Makes `into` include `from`.
  ///
  /// @return whether it did not before
  static boolean join(State into, State from) {
    return into.merge(from, (here, there) -> join(here, into, there, from));
  }

  /// As [#join], but numbers that grow go to the next threshold, or if `last`, to anything.
  static boolean widen(State into, State from, Thresholds thresholds, boolean last) {
    return into.merge(
        from, (here, there) -> widened(here, join(here, into, there, from), thresholds, last));
  }

  static boolean includes(State large, State small) {
    large.pay(1);
    if (large.depth() != small.depth()) {
      return false;
    }
    for (int i = 0; i < large.locals(); i++) {
      if (!includes(large.local(i), small.local(i), small)) {
        return false;
      }
    }
    for (int i = 0; i < large.depth(); i++) {
      if (!includes(large.top(i), small.top(i), small)) {
        return false;
      }
    }
    FieldValues claimed = large.fields();
    for (int i = 0; i < claimed.size(); i++) {
      Optional<Value> found = small.fields().get(claimed.symbol(i));
      if (found.isEmpty() || !includes(claimed.value(i), found.get(), small)) {
        return false;
      }
    }
    return true;
  }

  /// @param where the state that `small` is in
  static boolean includes(Value large, Value small, State where) {
    if (large instanceof Number l) {
      return small instanceof Number s
          && l.width() == s.width()
          && l.range().includes(s.range())
          && (!l.equal().isKnown() || l.equal().equals(s.equal()))
          && (!l.atMost().isKnown() || isAtMost(s, l.atMost(), where));
    }
    if (large instanceof Reference l) {
      return small instanceof Reference s
          && (l.mayBeNull() || !s.mayBeNull())
          && (l.mayBeThis() || !s.mayBeThis())
          && includes(l.length(), s.length(), where)
          && (!l.equal().isKnown() || l.equal().equals(s.equal()));
    }
    return true; // opaque: anything
  }

  private static boolean isAtMost(Number number, Term bound, State where) {
    OptionalLong offset = offsetFrom(number, bound.symbol(), where);
    return offset.isPresent() && offset.getAsLong() <= bound.offset();
  }

  /// The smallest known `k` with `number <= symbol + k`.
  private static OptionalLong offsetFrom(Number number, int symbol, State where) {
    if (number.atMost().symbol() == symbol) {
      return OptionalLong.of(number.atMost().offset());
    }
    Number standsFor = where.range(symbol);
    if (number.equal().symbol() == symbol && standsFor.moves(number.equal().offset())) {
      return OptionalLong.of(number.equal().offset());
    }
    long distance = number.range().max() - standsFor.range().min();
    boolean overflow =
        ((number.range().max() ^ standsFor.range().min()) & (number.range().max() ^ distance)) < 0;
    return overflow ? OptionalLong.empty() : OptionalLong.of(distance);
  }

  private static Value join(Value here, State in, Value there, State from) {
    if (isSame(here, there)) {
      return here;
    }
    if (here instanceof Number a && there instanceof Number b && a.width() == b.width()) {
      return join(a, in, b, from);
    }
    if (here instanceof Reference a && there instanceof Reference b) {
      return new Reference(
          a.mayBeNull() || b.mayBeNull(),
          a.mayBeThis() || b.mayBeThis(),
          join(a.length(), in, b.length(), from),
          a.equal().equals(b.equal()) ? a.equal() : Term.NONE);
    }
    return here.isWide() && there.isWide() ? Opaque.TWO_SLOTS : Opaque.ONE_SLOT;
  }

  @SuppressWarnings("ReferenceEquality") // the usual case, and fast
  private static boolean isSame(Value here, Value there) {
    return here == there || here.equals(there);
  }

  private static Number join(Number a, State in, Number b, State from) {
    Term equal = a.equal().equals(b.equal()) ? a.equal() : Term.NONE;
    Term atMost = bound(a, b, from);
    if (!atMost.isKnown()) {
      atMost = bound(b, a, in);
    }
    return new Number(a.width(), a.range().join(b.range()), equal, atMost);
  }

  /// The bound of `a`, if it is one of `b` too.
  private static Term bound(Number a, Number b, State ofB) {
    Term bound = a.atMost();
    if (!bound.isKnown()) {
      return bound;
    }
    if (b.atMost().symbol() == bound.symbol()) {
      return Term.of(bound.symbol(), Math.max(bound.offset(), b.atMost().offset()));
    }
    return isAtMost(b, bound, ofB) ? bound : Term.NONE;
  }

  private static Value widened(Value old, Value joined, Thresholds thresholds, boolean last) {
    if (joined.equals(old)) {
      return old;
    }
    if (joined instanceof Number j && old instanceof Number o) {
      return widened(o, j, thresholds, last);
    }
    return joined instanceof Reference j
            && old instanceof Reference o
            && !o.length().equals(j.length())
        ? j.withLength(widened(o.length(), j.length(), thresholds, last))
        : joined;
  }

  private static Number widened(Number o, Number j, Thresholds thresholds, boolean last) {
    Term atMost = j.atMost();
    if (last ? !o.atMost().equals(atMost) : o.atMost().isKnown() && !o.atMost().equals(atMost)) {
      atMost = Term.NONE;
    }
    Interval range = j.range();
    if (!range.equals(o.range())) {
      range = last ? Interval.all(j.width()) : thresholds.widen(o.range(), range, j.width());
    }
    return new Number(j.width(), range, j.equal(), atMost);
  }

  /// Of two facts without relations.
  static Value join(Value a, Value b) {
    return join(a, NOWHERE, b, NOWHERE);
  }

  static Value widen(Value old, Value with, Thresholds thresholds, boolean last) {
    return widened(old, join(old, with), thresholds, last);
  }

  static boolean includes(Value large, Value small) {
    return includes(large, small, NOWHERE);
  }

  private static final State NOWHERE = new State(new Symbols(0), 0, 0, Budget.unlimited());
}
