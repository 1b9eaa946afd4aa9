// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.explain;

import dev.npa.verifier.Evidence.CodeLine;
import dev.npa.verifier.bytecode.read.Operands;
import dev.npa.verifier.bytecode.read.PluginMethod;
import java.lang.classfile.Opcode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Instructions in words, as `javap` names them, with indexes of instructions where `javap` has
/// offsets of bytes.
public final class Listing {
  private static final int BEFORE = 2;
  private static final int AFTER = 1;
  private static final int WIDE = 196;
  private static final String COLUMN = " ".repeat(14);
  private static final Map<Integer, String> MNEMONICS = mnemonics();

  private Listing() {}

  public static CodeLine line(PluginMethod method, int index) {
    int opcode = method.code().get(index).getOpcode();
    String mnemonic = MNEMONICS.getOrDefault(opcode, "opcode " + opcode);
    String operands = Operands.of(method, index);
    String pad = COLUMN.substring(Math.min(mnemonic.length(), COLUMN.length() - 1));
    return new CodeLine(index, operands.isEmpty() ? mnemonic : mnemonic + pad + operands);
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

  private static Map<Integer, String> mnemonics() {
    Map<Integer, String> names = new HashMap<>();
    for (Opcode opcode : Opcode.values()) {
      if (opcode.bytecode() < WIDE || opcode.bytecode() > WIDE && opcode.bytecode() <= 0xFF) {
        names.put(opcode.bytecode(), opcode.name().toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }
}
