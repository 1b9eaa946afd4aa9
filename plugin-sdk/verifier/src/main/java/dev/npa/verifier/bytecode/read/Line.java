// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

import java.util.Arrays;
import java.util.stream.Collectors;

/// One statement of a parser about a class: a word or an opcode, and what belongs to it. Compared
/// part by part; it becomes text only where two parsers disagree.
final class Line {
  private static final Line[] PLAIN = new Line[256];

  static {
    for (int opcode = 0; opcode < PLAIN.length; opcode++) {
      PLAIN[opcode] = new Line(new Object[] {opcode});
    }
  }

  private final Object[] parts;

  private Line(Object[] parts) {
    this.parts = parts;
  }

  /// An instruction without operands.
  static Line of(int opcode) {
    return PLAIN[opcode];
  }

  static Line of(Object... parts) {
    return new Line(parts);
  }

  /// A constant, with its kind. Floating-point numbers by their bits, so that no two of them are
  /// the same.
  static Line constant(Object what, Object constant) {
    if (constant instanceof Float number) {
      return of(what, "Float", number.toString(), Float.floatToRawIntBits(number));
    }
    if (constant instanceof Double number) {
      return of(what, "Double", number.toString(), Double.doubleToRawLongBits(number));
    }
    boolean plain =
        constant instanceof Integer || constant instanceof Long || constant instanceof String;
    String kind = constant.getClass().getSimpleName();
    return plain ? of(what, kind, constant) : of(what, "other", kind);
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Line that) || parts.length != that.parts.length) {
      return false;
    }
    for (int i = 0; i < parts.length; i++) {
      if (!isSame(parts[i], that.parts[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSame(Object part, Object other) {
    return part instanceof int[] numbers
        ? other instanceof int[] others && Arrays.equals(numbers, others)
        : part.equals(other);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(parts);
  }

  @Override
  public String toString() {
    return Arrays.stream(parts)
        .map(part -> part instanceof int[] numbers ? Arrays.toString(numbers) : part.toString())
        .collect(Collectors.joining(" "));
  }
}
