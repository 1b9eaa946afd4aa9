// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

import dev.npa.verifier.Location;
import dev.npa.verifier.RuleId;
import java.util.List;

/// Compares what ASM and `java.lang.classfile` read, line by line: structure, flags, every
/// instruction with its operands.
public final class ParserComparison {
  private static final String END = "the end";

  private ParserComparison() {}

  /// @return whether both read the same; if not, the first difference is refused
  public static boolean agree(Location where, List<?> asm, List<?> jdk, Refusals out) {
    if (asm.equals(jdk)) {
      return true;
    }
    int i = 0;
    while (i < asm.size() && i < jdk.size() && asm.get(i).equals(jdk.get(i))) {
      i++;
    }
    out.add(
        RuleId.B004_PARSERS_DISAGREE,
        where,
        "ASM read '" + line(asm, i) + "', java.lang.classfile read '" + line(jdk, i) + "'",
        ClassReading.SHIP);
    return false;
  }

  private static String line(List<?> lines, int index) {
    return index < lines.size() ? lines.get(index).toString() : END;
  }
}
