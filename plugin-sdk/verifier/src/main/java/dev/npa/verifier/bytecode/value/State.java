// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import dev.npa.verifier.bytecode.value.Value.Number;
import dev.npa.verifier.bytecode.value.Value.Opaque;
import dev.npa.verifier.bytecode.value.Value.Reference;
import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/// The values of locals, operand stack and some fields before an instruction. Changes in place.
///
/// Fields are those that the method has read or written on its way here through a name in
/// [Symbols], and that nothing can have changed since.
public final class State {
  private final Symbols symbols;
  private final Budget budget;
  private final Value[] locals;
  private final Value[] stack;
  private final FieldValues fields;
  private int depth;

  /// @param budget pays for what is done to this state and its copies
  State(Symbols symbols, int maxLocals, int maxStack, Budget budget) {
    this.symbols = symbols;
    this.budget = budget;
    this.locals = new Value[maxLocals];
    this.stack = new Value[maxStack];
    this.fields = new FieldValues();
    Arrays.fill(locals, Opaque.ONE_SLOT);
  }

  private State(State other, int maxLocals, int maxStack, Budget budget) {
    this.symbols = other.symbols;
    this.budget = budget;
    locals = Arrays.copyOf(other.locals, maxLocals);
    stack = new Value[maxStack];
    System.arraycopy(other.stack, 0, stack, 0, other.depth);
    fields = other.fields.copy();
    depth = other.depth;
  }

  State copy() {
    return copy(budget);
  }

  State copy(Budget payer) {
    payer.spend(size());
    return new State(this, locals.length, stack.length, payer);
  }

  /// The same in a method with more locals, which hold some int, and a higher stack.
  State copy(int maxLocals, int maxStack, Budget payer) {
    payer.spend(size());
    State larger = new State(this, maxLocals, maxStack, payer);
    Arrays.fill(larger.locals, locals.length, maxLocals, Number.ANY_INT);
    return larger;
  }

  private int size() {
    return TOUCH + locals.length + depth + fields.size();
  }

  /// Units for touching a state, however little it holds.
  private static final int TOUCH = 4;

  /// Units for asking what a store or call does to one path.
  private static final int ASKED = 3;

  /// Pays for looking at the state from outside.
  ///
  /// @param times how often as many values are looked at as it holds
  void pay(int times) {
    budget.spend(times * size());
  }

  Symbols symbols() {
    return symbols;
  }

  public int locals() {
    return locals.length;
  }

  public Value local(int index) {
    return locals[index];
  }

  /// Number of values on the stack.
  public int depth() {
    return depth;
  }

  /// A value on the stack, counted from the top.
  public Value top(int below) {
    return stack[depth - 1 - below];
  }

  /// Same, as a number; anything else is not type-safe code.
  public Number number(int below) {
    if (top(below) instanceof Number number) {
      return number;
    }
    throw new IllTyped("no integer");
  }

  void push(Value value) {
    stack[depth++] = value;
  }

  Value pop() {
    return stack[--depth];
  }

  Number popNumber() {
    Number number = number(0);
    depth--;
    return number;
  }

  Reference popReference() {
    if (pop() instanceof Reference reference) {
      return reference;
    }
    throw new IllTyped("no reference");
  }

  void clearStack() {
    depth = 0;
  }

  /// What a local holds, with its name.
  Value load(int index) {
    return named(index, locals[index]);
  }

  private static Value named(int symbol, Value value) {
    return value.equal().isKnown() ? value : value.withEqual(Term.of(symbol, 0));
  }

  void store(int index, Value value) {
    assign(index, value, kept -> locals[index] = kept);
    if (value.isWide()) {
      assign(index + 1, Opaque.ONE_SLOT, kept -> locals[index + 1] = kept);
    }
    if (index > 0 && locals[index - 1].isWide()) {
      assign(index - 1, Opaque.ONE_SLOT, kept -> locals[index - 1] = kept);
    }
  }

  /// Initialises a local of the first state.
  void set(int index, Value value) {
    locals[index] = value;
  }

  boolean hasField(int symbol) {
    return fields.contains(symbol);
  }

  Value field(int symbol) {
    return named(symbol, fields.get(symbol).orElseThrow());
  }

  /// Remembers a field as it was found.
  void found(int symbol, Value value) {
    fields.put(symbol, value);
  }

  /// A store to a field through a name.
  void storeField(int symbol, Value value) {
    assign(symbol, value, kept -> fields.put(symbol, kept));
  }

  /// Forgets fields that something else may have stored to, and what was known relative to them.
  ///
  /// @return what was forgotten, for values that were taken from the stack before
  BitSet forgetFields(IntPredicate which) {
    budget.spend(ASKED * symbols.size());
    BitSet changed = symbols.passing(which);
    if (!changed.isEmpty()) {
      forget(changed::get);
    }
    return changed;
  }

  private interface Slot {
    void set(Value value);
  }

  /// What `symbol` stands for changes. A change by a constant moves what is known relative to it.
  private void assign(int symbol, Value value, Slot slot) {
    if (value instanceof Number number
        && number.equal().symbol() == symbol
        && number.atMost().symbol() != symbol
        && range(symbol).moves(number.equal().offset())) {
      long moved = number.equal().offset();
      slot.set(number.withEqual(Term.NONE));
      if (moved != 0) {
        replaceAll(other -> Relations.shifted(other, symbol, -moved));
        slot.set(number.withEqual(Term.NONE));
      }
      return;
    }
    IntPredicate changed = other -> symbols.passes(other, symbol);
    forget(changed);
    slot.set(Relations.without(value, changed));
  }

  /// Drops these fields, and every relation that mentions one of these symbols.
  private void forget(IntPredicate changed) {
    fields.removeIf(changed);
    replaceAll(value -> Relations.without(value, changed));
  }

  private void replaceAll(UnaryOperator<Value> change) {
    budget.spend(size());
    for (int i = 0; i < locals.length; i++) {
      locals[i] = made(locals[i], change.apply(locals[i]));
    }
    for (int i = 0; i < depth; i++) {
      stack[i] = made(stack[i], change.apply(stack[i]));
    }
    for (int i = 0; i < fields.size(); i++) {
      fields.set(i, made(fields.value(i), change.apply(fields.value(i))));
    }
  }

  /// What a symbol stands for, as a number; any if it stands for nothing known.
  Number range(int symbol) {
    Value value =
        symbols.isLocal(symbol) ? locals[symbol] : fields.get(symbol).orElse(Opaque.ONE_SLOT);
    return value instanceof Number number ? number : Number.ANY_LONG;
  }

  /// By which constant the value on top of the stack differs from what a local holds.
  public OptionalLong distance(int local) {
    boolean sameWidth =
        top(0) instanceof Number number
            && locals[local] instanceof Number old
            && number.width() == old.width();
    return sameWidth && top(0).equal().symbol() == local
        ? OptionalLong.of(top(0).equal().offset())
        : OptionalLong.empty();
  }

  /// The local that a number is at a constant distance from.
  public OptionalInt near(Number number) {
    int symbol = number.equal().symbol();
    return number.equal().isKnown() && symbols.isLocal(symbol)
        ? OptionalInt.of(symbol)
        : OptionalInt.empty();
  }

  /// A symbolic upper bound of a number, if one is known: what it equals, or what it is at most.
  Term bound(Number number) {
    Term equal = number.equal();
    return equal.isKnown() && range(equal.symbol()).moves(equal.offset()) ? equal : number.atMost();
  }

  /// Learns that `value` lies in `range`, and with it everything equal to it.
  ///
  /// @return false if that cannot be
  boolean learn(Number value, Interval range) {
    Term known = value.equal();
    if (range.isEmpty() || !known.isKnown()) {
      return !range.isEmpty();
    }
    boolean[] possible = {true};
    forEqual(
        known.symbol(),
        (number, offset) -> {
          Interval moved =
              Arithmetic.add(number.width(), range, Interval.constant(offset - known.offset()));
          Interval both = number.range().meet(moved);
          possible[0] &= !both.isEmpty();
          return both.isEmpty() || both.equals(number.range()) ? number : number.withRange(both);
        });
    return possible[0];
  }

  /// Learns that `value` is at most `bound`, and with it everything equal to it.
  void learnAtMost(Number value, Term bound) {
    Term known = value.equal();
    if (!known.isKnown() || !bound.isKnown() || bound.symbol() == known.symbol()) {
      return;
    }
    forEqual(
        known.symbol(),
        (number, offset) -> {
          long distance = offset - known.offset();
          boolean exact = value.moves(distance);
          Term moved = exact ? bound.plus(distance) : Term.NONE;
          return moved.isKnown() && !moved.equals(number.atMost())
              ? number.withAtMost(moved)
              : number;
        });
  }

  private interface Learning {
    Number about(Number number, long offset);
  }

  private void forEqual(int symbol, Learning learning) {
    budget.spend(size());
    for (int i = 0; i < locals.length; i++) {
      locals[i] = learned(i == symbol, locals[i], symbol, learning);
    }
    for (int i = 0; i < depth; i++) {
      stack[i] = learned(false, stack[i], symbol, learning);
    }
    for (int i = 0; i < fields.size(); i++) {
      boolean itself = fields.symbol(i) == symbol;
      fields.set(i, learned(itself, fields.value(i), symbol, learning));
    }
  }

  private Value learned(boolean itself, Value value, int symbol, Learning learning) {
    if (!(value instanceof Number number) || !itself && number.equal().symbol() != symbol) {
      return value;
    }
    return made(value, learning.about(number, itself ? 0 : number.equal().offset()));
  }

  /// Units for a new value, which may be kept as long as the state: mostly for its memory.
  private static final int MADE = 8;

  @SuppressWarnings("ReferenceEquality") // whether it takes memory
  private Value made(Value before, Value after) {
    if (before != after) {
      budget.spend(MADE);
    }
    return after;
  }

  /// Learns that a reference is not null: it was just used.
  void learnNotNull(Reference used) {
    int symbol = used.equal().symbol();
    if (symbol == Term.NO_SYMBOL || !used.mayBeNull()) {
      return;
    }
    replaceAll(value -> value.equal().symbol() == symbol ? notNull(value) : value);
    if (symbols.isLocal(symbol)) {
      locals[symbol] = notNull(locals[symbol]);
    } else {
      fields.get(symbol).ifPresent(value -> fields.put(symbol, notNull(value)));
    }
  }

  private static Value notNull(Value value) {
    return value instanceof Reference reference ? reference.notNull() : value;
  }

  FieldValues fields() {
    return fields;
  }

  /// Puts `both` of each pair of values in place of this state's.
  ///
  /// @return whether anything changed
  boolean merge(State other, Merge merge) {
    if (other.depth != depth) {
      throw new IllTyped("stacks of two heights meet");
    }
    budget.spend(size());
    boolean changed = fields.retain(other.fields);
    changed |= merge(locals, other.locals, locals.length, merge);
    changed |= merge(stack, other.stack, depth, merge);
    changed |= mergeFields(other.fields, merge);
    return changed;
  }

  /// Of fields that the other state has, too, both in the order of their symbols.
  @SuppressWarnings("ReferenceEquality") // the usual case, and fast
  private boolean mergeFields(FieldValues others, Merge merge) {
    boolean changed = false;
    int there = 0;
    for (int i = 0; i < fields.size(); i++) {
      while (others.symbol(there) != fields.symbol(i)) {
        there++;
      }
      Value before = fields.value(i);
      if (before != others.value(there)) {
        Value both = merge.of(before, others.value(there));
        changed |= isOther(before, both);
        fields.set(i, both);
      }
    }
    return changed;
  }

  @SuppressWarnings("ReferenceEquality") // the usual case, and fast
  private static boolean merge(Value[] into, Value[] from, int count, Merge merge) {
    boolean changed = false;
    for (int i = 0; i < count; i++) {
      if (into[i] != from[i]) {
        Value both = merge.of(into[i], from[i]);
        changed |= isOther(into[i], both);
        into[i] = both;
      }
    }
    return changed;
  }

  @SuppressWarnings("ReferenceEquality") // the usual case, and fast
  private static boolean isOther(Value before, Value after) {
    return before != after && !before.equals(after);
  }

  /// How two values become one.
  interface Merge {
    Value of(Value here, Value there);
  }
}
