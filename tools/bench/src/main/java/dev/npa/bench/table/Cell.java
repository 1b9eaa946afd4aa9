// SPDX-License-Identifier: MIT
package dev.npa.bench.table;

import java.util.Locale;

/// What stands in one place of a [Table].
public sealed interface Cell {
  /// As a person reads it.
  String text();

  /// Words.
  record Words(String text) implements Cell {}

  /// A number; people see so many decimals of it, programs see all.
  record Number(double value, int decimals) implements Cell {
    @Override
    public String text() {
      return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
  }

  static Cell of(String words) {
    return new Words(words);
  }

  static Cell of(double value, int decimals) {
    return new Number(value, decimals);
  }

  static Cell of(long value) {
    return new Number(value, 0);
  }
}
