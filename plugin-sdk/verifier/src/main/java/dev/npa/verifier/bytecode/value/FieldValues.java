// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/// A small map from symbols to values: few entries, copied often.
final class FieldValues {
  private int[] symbols;
  private Value[] values;
  private int size;

  FieldValues() {
    symbols = new int[8];
    values = new Value[8];
  }

  private FieldValues(FieldValues other) {
    symbols = other.symbols.clone();
    values = other.values.clone();
    size = other.size;
  }

  FieldValues copy() {
    return new FieldValues(this);
  }

  int size() {
    return size;
  }

  int symbol(int index) {
    return symbols[index];
  }

  Value value(int index) {
    return values[index];
  }

  Optional<Value> get(int symbol) {
    int index = indexOf(symbol);
    return index < 0 ? Optional.empty() : Optional.of(values[index]);
  }

  boolean contains(int symbol) {
    return indexOf(symbol) >= 0;
  }

  private int indexOf(int symbol) {
    for (int i = 0; i < size; i++) {
      if (symbols[i] == symbol) {
        return i;
      }
    }
    return -1;
  }

  void put(int symbol, Value value) {
    int index = indexOf(symbol);
    if (index < 0) {
      if (size == symbols.length) {
        symbols = Arrays.copyOf(symbols, 2 * size);
        values = Arrays.copyOf(values, 2 * size);
      }
      index = size;
      symbols[size] = symbol;
      size++;
    }
    values[index] = value;
  }

  void set(int index, Value value) {
    values[index] = value;
  }

  /// @return whether there were any
  boolean removeIf(IntPredicate which) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (!which.test(symbols[i])) {
        symbols[kept] = symbols[i];
        values[kept] = values[i];
        kept++;
      }
    }
    boolean removed = kept < size;
    size = kept;
    return removed;
  }

  void replaceAll(UnaryOperator<Value> change) {
    for (int i = 0; i < size; i++) {
      values[i] = change.apply(values[i]);
    }
  }
}
