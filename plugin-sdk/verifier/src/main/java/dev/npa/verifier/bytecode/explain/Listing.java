// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.explain;

import dev.npa.verifier.Evidence.CodeLine;
import dev.npa.verifier.bytecode.read.InstructionText;
import dev.npa.verifier.bytecode.read.PluginMethod;
import java.util.ArrayList;
import java.util.List;

/// Instructions in words, as `javap` names them, with indexes of instructions where `javap` has
/// offsets of bytes.
final class Listing {
  private static final int BEFORE = 2;
  private static final int AFTER = 1;

  private Listing() {}

  static CodeLine line(PluginMethod method, int index) {
    return new CodeLine(index, InstructionText.of(method, index));
  }

  /// The instruction, two before it and one after it.
  static List<CodeLine> around(PluginMethod method, int index) {
    List<CodeLine> lines = new ArrayList<>();
    int end = Math.min(method.code().size(), index + AFTER + 1);
    for (int i = Math.max(0, index - BEFORE); i < end; i++) {
      lines.add(line(method, i));
    }
    return lines;
  }
}
