// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.value;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;

/// A small map from symbols to values, in the order of the symbols: few entries, copied often.
final class FieldValues {
  private static final int[] NO_SYMBOLS = {};
  private static final Value[] NO_VALUES = {};
  private static final int SMALLEST = 8;

  private int[] symbols;
  private Value[] values;
  private int size;

  FieldValues() {
    symbols = NO_SYMBOLS;
    values = NO_VALUES;
  }

  private FieldValues(FieldValues other) {
    symbols = other.size == 0 ? NO_SYMBOLS : other.symbols.clone();
    values = other.size == 0 ? NO_VALUES : other.values.clone();
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

  /// As `Arrays.binarySearch`.
  private int indexOf(int symbol) {
    return size == 0 ? -1 : Arrays.binarySearch(symbols, 0, size, symbol);
  }

  void put(int symbol, Value value) {
    int index = indexOf(symbol);
    if (index < 0) {
      index = -index - 1;
      open(index);
      symbols[index] = symbol;
    }
    values[index] = value;
  }

  /// Makes room for one more entry.
  private void open(int index) {
    if (size == symbols.length) {
      int capacity = Math.max(SMALLEST, 2 * size);
      symbols = Arrays.copyOf(symbols, capacity);
      values = Arrays.copyOf(values, capacity);
    }
    System.arraycopy(symbols, index, symbols, index + 1, size - index);
    System.arraycopy(values, index, values, index + 1, size - index);
    size++;
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

  /// Removes what another map does not have.
  ///
  /// @return whether there was any
  boolean retain(FieldValues other) {
    int kept = 0;
    int there = 0;
    for (int i = 0; i < size; i++) {
      while (there < other.size && other.symbols[there] < symbols[i]) {
        there++;
      }
      if (there < other.size && other.symbols[there] == symbols[i]) {
        symbols[kept] = symbols[i];
        values[kept] = values[i];
        kept++;
      }
    }
    boolean removed = kept < size;
    size = kept;
    return removed;
  }
}
